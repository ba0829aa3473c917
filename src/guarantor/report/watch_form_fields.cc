#include "guarantor/report/watch_form_parts.h"

namespace guarantor::report {

std::string_view watch_form_fields() {
  return R"(
<form id="entry" novalidate autocomplete="off">
<label for="observer">Who watches: patrol, post or sensor</label>
<input id="observer" list="sensors" required aria-describedby="observer-note">
<datalist id="sensors"></datalist>
<p class="soft" id="observer-note">As in the table of sensors, so that it counts as watched.</p>
<label for="what">What</label><select id="what" required></select>
<p class="soft" id="meaning" aria-live="polite"></p>
<fieldset><legend>When, all times in UTC</legend><div class="row">
<div><label for="from">From (UTC)</label><input id="from" type="datetime-local" step="1" required></div>
<div><label for="to">To (UTC)</label><input id="to" type="datetime-local" step="1"></div></div>
<p class="soft">Without an end it was a moment. Now it is <span id="clock"></span> UTC.
<button type="button" id="now">Set to now</button></p></fieldset>
<fieldset><legend>Where</legend>
<label for="sector">Sector</label><select id="sector"></select><div class="row" data-for="place">
<div><label for="latitude">Latitude, degrees north</label><input id="latitude" inputmode="text"></div>
<div><label for="longitude">Longitude, degrees east</label><input id="longitude" inputmode="text"></div>
</div><div data-for="place"><label for="precision">Exact to, metres</label>
<input id="precision" inputmode="decimal" value="500"></div></fieldset>
<div class="row"><div data-for="count"><label for="count" id="count-label">How many</label>
<input id="count" inputmode="numeric"></div>
<div data-for="sense"><label for="sense">How perceived</label><select id="sense"></select></div>
<div data-for="blast"><label for="blast">Explosion was</label><select id="blast"></select></div>
<div data-for="weapon"><label for="weapon">Weapon, if known</label><input id="weapon"></div>
<div data-for="weapon"><label for="calibre">Calibre, mm</label>
<input id="calibre" inputmode="numeric"></div></div>
<label for="live_fire" data-for="live"><input id="live_fire" type="checkbox">Assessed as an exercise
with live fire</label>
<label for="text">In words</label><textarea id="text" rows="3"></textarea>
<label for="evidence">Pictures and recordings, one a line: link or SHA-256</label>
<textarea id="evidence" rows="2"></textarea>
<p role="alert" id="wrong"></p>
<button type="submit" class="main" id="keep">Keep this entry</button>
<button type="button" id="leave" hidden>Leave it as it was</button>
</form>
<h2 id="kept-title">Kept on this device</h2>
<p role="alert" id="warning"></p>
<p id="status" role="status"></p>
<ol id="entries" aria-labelledby="kept-title"></ol>
<p><button type="button" class="main" id="save">Save as a file</button>
<button type="button" id="clear">Remove entries that were saved</button></p>
<p class="soft">Take the file to the watch floor: <code>guarantor watch ingest --store STORE FILE</code>.
It may be taken in again and again; what was taken already changes nothing.</p>
)";
}

}  // namespace guarantor::report
