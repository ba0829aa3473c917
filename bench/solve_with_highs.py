#!/usr/bin/env python3
"""Solve an exported model with HiGHS and print what it found, as JSON.

    solve_with_highs.py MODEL.mps SECONDS THREADS [proven|first]

The exported model minimises the negated objective, so both figures are printed negated. The time
limit is HiGHS's own: reading the model comes on top. With `first` any plan will do.
"""
import json
import math
import sys

import highspy


def main():
    model, seconds, threads = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("threads", threads)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 1e-9)
    if sys.argv[4:] == ["first"]:
        solver.setOptionValue("mip_max_improving_sols", 1)
    solver.readModel(model)
    solver.run()
    info = solver.getInfo()
    has_plan = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    bound = info.mip_dual_bound
    print(json.dumps({
        "status": solver.modelStatusToString(solver.getModelStatus()),
        "objective": -info.objective_function_value if has_plan else None,
        "bound": -bound if math.isfinite(bound) else None,
        "seconds": solver.getRunTime(),
    }))


if __name__ == "__main__":
    main()
