#include "bench/delaunay.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <optional>

namespace guarantor::bench {
namespace {

/// Twice the area of a triangle on the grid needs 55 bits, and a circle's test twice as many.
__extension__ using Wide = __int128;

std::int64_t twice_area(GridPoint a, GridPoint b, GridPoint c) {
  return (std::int64_t{b.x} - a.x) * (std::int64_t{c.y} - a.y) -
         (std::int64_t{b.y} - a.y) * (std::int64_t{c.x} - a.x);
}

/// Whether `d` lies within the circle through `a`, `b` and `c`, which turn left.
bool in_circle(GridPoint a, GridPoint b, GridPoint c, GridPoint d) {
  auto const square = [&](GridPoint p) {
    std::int64_t const x = std::int64_t{p.x} - d.x;
    std::int64_t const y = std::int64_t{p.y} - d.y;
    return x * x + y * y;
  };
  return Wide{square(a)} * twice_area(d, b, c) - Wide{square(b)} * twice_area(d, a, c) +
             Wide{square(c)} * twice_area(d, a, b) >
         0;
}

/// A directed edge; its reverse is the same number with the last bit turned.
using Edge = std::uint32_t;

constexpr Edge reverse(Edge edge) {
  return edge ^ 1U;
}

/// Edges and their order around the points they leave.
class Subdivision {
 public:
  explicit Subdivision(std::size_t points) {
    constexpr std::size_t kEdgesPerPoint = 6;
    origin_.reserve(kEdgesPerPoint * points);
    left_.reserve(kEdgesPerPoint * points);
    right_.reserve(kEdgesPerPoint * points);
  }

  Edge make(std::uint32_t from, std::uint32_t to) {
    if (free_) {
      Edge const edge = *free_;
      free_ = origin_[edge] == edge ? std::nullopt : std::optional{origin_[edge]};
      set_alone(edge, from, to);
      return edge;
    }
    auto const edge = static_cast<Edge>(origin_.size());
    for (auto* const all : {&origin_, &left_, &right_}) {
      all->resize(edge + 2);
    }
    set_alone(edge, from, to);
    return edge;
  }

  [[nodiscard]] std::uint32_t from(Edge edge) const { return origin_[edge]; }
  [[nodiscard]] std::uint32_t to(Edge edge) const { return origin_[reverse(edge)]; }
  /// The next edge to leave the same point, turning left, and right.
  [[nodiscard]] Edge turned_left(Edge edge) const { return left_[edge]; }
  [[nodiscard]] Edge turned_right(Edge edge) const { return right_[edge]; }
  /// The next edge around the face to the left.
  [[nodiscard]] Edge next_around_left(Edge edge) const { return right_[reverse(edge)]; }
  /// The edge before, around the face to the right.
  [[nodiscard]] Edge before_around_right(Edge edge) const { return left_[reverse(edge)]; }

  /// Joins two rings of edges around points into one, or parts one into two.
  void splice(Edge a, Edge b) {
    Edge const after_a = left_[a];
    Edge const after_b = left_[b];
    left_[a] = after_b;
    left_[b] = after_a;
    right_[after_b] = a;
    right_[after_a] = b;
  }

  /// A new edge from the end of `a` to the beginning of `b`, with the same face to its left.
  Edge connect(Edge a, Edge b) {
    Edge const edge = make(to(a), from(b));
    splice(edge, next_around_left(a));
    splice(reverse(edge), b);
    return edge;
  }

  void remove(Edge edge) {
    splice(edge, turned_right(edge));
    splice(reverse(edge), turned_right(reverse(edge)));
    Edge const even = edge & ~1U;
    origin_[even] = free_.value_or(even);
    origin_[even + 1] = kRemoved;
    free_ = even;
  }

  /// Calls `show` with the ends of every edge that stands.
  template <class Show>
  void for_each(Show const& show) const {
    for (std::size_t edge = 0; edge < origin_.size(); edge += 2) {
      if (origin_[edge + 1] != kRemoved) {
        show(origin_[edge], origin_[edge + 1]);
      }
    }
  }

 private:
  static constexpr std::uint32_t kRemoved = 0xffffffff;

  void set_alone(Edge edge, std::uint32_t from, std::uint32_t to) {
    origin_[edge] = from;
    origin_[edge + 1] = to;
    for (Edge const one : {edge, edge + 1}) {
      left_[one] = right_[one] = one;
    }
  }

  std::vector<std::uint32_t> origin_;
  std::vector<Edge> left_;
  std::vector<Edge> right_;
  std::optional<Edge> free_;  ///< a removed edge, the head of a list of them
};

class Triangulation {
 public:
  explicit Triangulation(std::vector<GridPoint> const& points)
      : points_{points}, order_(points.size()), edges_{points.size()} {
    std::iota(order_.begin(), order_.end(), 0U);
    std::sort(order_.begin(), order_.end(),
              [&](std::uint32_t a, std::uint32_t b) { return points[a] < points[b]; });
    if (points.size() > 1) {
      build(0, points.size());
    }
  }

  [[nodiscard]] Subdivision const& edges() const { return edges_; }

 private:
  /// Edges of the hull: out of its leftmost point with all to the left, and out of its rightmost
  /// point with all to the right.
  struct Hull {
    Edge leftmost;
    Edge rightmost;
  };

  [[nodiscard]] GridPoint at(std::uint32_t point) const { return points_[point]; }
  [[nodiscard]] bool lies_left(std::uint32_t point, Edge edge) const {
    return twice_area(at(point), at(edges_.from(edge)), at(edges_.to(edge))) > 0;
  }
  [[nodiscard]] bool lies_right(std::uint32_t point, Edge edge) const {
    return twice_area(at(point), at(edges_.to(edge)), at(edges_.from(edge))) > 0;
  }

  /// Of the points [first, end) in order. REQUIRES: at least two.
  Hull build(std::size_t first, std::size_t end) {
    constexpr std::size_t kThree = 3;
    if (end - first == 2) {
      Edge const edge = edges_.make(order_[first], order_[first + 1]);
      return {edge, reverse(edge)};
    }
    if (end - first == kThree) {
      return build_three(order_[first], order_[first + 1], order_[first + 2]);
    }
    std::size_t const middle = first + (end - first) / 2;
    Hull const left = build(first, middle);
    Hull const right = build(middle, end);
    return merge(left, right);
  }

  Hull build_three(std::uint32_t one, std::uint32_t two, std::uint32_t three) {
    Edge const a = edges_.make(one, two);
    Edge const b = edges_.make(two, three);
    edges_.splice(reverse(a), b);
    std::int64_t const turn = twice_area(at(one), at(two), at(three));
    if (turn == 0) {
      return {a, reverse(b)};
    }
    Edge const c = edges_.connect(b, a);
    return turn > 0 ? Hull{a, reverse(b)} : Hull{reverse(c), c};
  }

  Hull merge(Hull left, Hull right) {
    Edge inner_left = left.rightmost;
    Edge inner_right = right.leftmost;
    while (true) {  // down to the lower common tangent
      if (lies_left(edges_.from(inner_right), inner_left)) {
        inner_left = edges_.next_around_left(inner_left);
      } else if (lies_right(edges_.from(inner_left), inner_right)) {
        inner_right = edges_.before_around_right(inner_right);
      } else {
        break;
      }
    }
    Edge const base = edges_.connect(reverse(inner_right), inner_left);
    if (edges_.from(inner_left) == edges_.from(left.leftmost)) {
      left.leftmost = reverse(base);
    }
    if (edges_.from(inner_right) == edges_.from(right.rightmost)) {
      right.rightmost = base;
    }
    sew(base);
    return {left.leftmost, right.rightmost};
  }

  [[nodiscard]] bool is_above(Edge candidate, Edge base) const {
    return lies_right(edges_.to(candidate), base);
  }

  [[nodiscard]] bool in_circle_of(Edge base, std::uint32_t third, std::uint32_t asked) const {
    return in_circle(at(edges_.to(base)), at(edges_.from(base)), at(third), at(asked));
  }

  /// Upwards from the lower tangent, cross edge by cross edge, removing what they make wrong.
  void sew(Edge base) {
    while (true) {
      Edge left = edges_.turned_left(reverse(base));
      if (is_above(left, base)) {
        while (in_circle_of(base, edges_.to(left), edges_.to(edges_.turned_left(left)))) {
          Edge const next = edges_.turned_left(left);
          edges_.remove(left);
          left = next;
        }
      }
      Edge right = edges_.turned_right(base);
      if (is_above(right, base)) {
        while (in_circle_of(base, edges_.to(right), edges_.to(edges_.turned_right(right)))) {
          Edge const next = edges_.turned_right(right);
          edges_.remove(right);
          right = next;
        }
      }
      bool const left_above = is_above(left, base);
      bool const right_above = is_above(right, base);
      if (!left_above && !right_above) {
        return;
      }
      bool const take_right =
          !left_above || (right_above && in_circle(at(edges_.to(left)), at(edges_.from(left)),
                                                   at(edges_.from(right)), at(edges_.to(right))));
      base = take_right ? edges_.connect(right, reverse(base))
                        : edges_.connect(reverse(base), reverse(left));
    }
  }

  std::vector<GridPoint> const& points_;
  std::vector<std::uint32_t> order_;  ///< from left to right
  Subdivision edges_;
};

}  // namespace

std::vector<std::pair<std::uint32_t, std::uint32_t>> delaunay_edges(
    std::vector<GridPoint> const& points) {
  Triangulation const triangulation{points};
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
  triangulation.edges().for_each([&](std::uint32_t from, std::uint32_t to) {
    found.emplace_back(std::min(from, to), std::max(from, to));
  });
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace guarantor::bench
