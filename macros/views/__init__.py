"""What pages show: one function per view; it decides everything, and `templates/` hold no arithmetic.

Comes in: a context, which is the portfolio as seen from a page, and what the page asks for. Goes out: HTML, or Markdown
where headings are needed.

Every template is given, and so is every macro in it:

- `book`, `frame`, `day`: the handbook, its frame, and the day that pages speak of
- `view`: the `PageContext`, for links: `view.page("stages/1")`, `view.file("feed.xml")`, `view.item_page(item.name)`,
  `view.links(names)`
- `kept`: the `Fragments` of that context, which templates take from `parts.html.j2`
- `web`: from text to the address that may be linked, or None
- `shown`: from the values of a sentence to what stands in their places

A view gives its template these values as well. A report is a `ProjectReport`, on one of a project's routes.

- area_head: area
- area_lead_times: drawn = ranges
- area_source: address
- areas: cells = (area, stage) → cell
- change_form: about = what its script needs to know, as JSON
- cite: key of the source; text
- example_picture: report; scale = from a report to its picture
- facility_demand: drawn = the demand on each facility, and the axis
- forecast_example: charts
- guide_me: stages = stage, gates and other items, as pairs of item and its marks; open = modality → donors that
  projects choose from; ways = modality → deliveries that they choose from
- item: item; search = what was searched for it, or None; mistake = address where one is reported;
  around = what it needs and what needs it, or None
- item_link: name; text
- item_sources: counts = kind → reading → how many items; readings; weak = pairs of item and its search or None
- languages: states; names = code → what the language calls itself; most = how many texts are named
- levels_example: standing; cells
- meeting: project; reports; findings = pairs of finding and report; partners = partner → moves; recent = changes;
  decisions = pairs of a kind of finding and who acts by when; top = how many findings are shown; days = how far back
  changes go; scale
- modality_head: modality
- modality_items: modality; asked = items; not_asked = items
- modality_paths: kinds = goals → pairs of donor and delivery that have them
- model_picture: chart
- named_rules: areas = rule → areas that it speaks of; sentences = from a condition to sentences and their values
- numbers: gates = how many
- one_history: past = replay; chart
- ours: words
- partner_head: partner; stages = HTML
- partner_items: partner; owned = items; supported = items
- partner_stages: cells = (owns or supports, stage) → cell; busiest = stage with most items that are owned, or 0
- partners: owned = partner → how many items
- portfolio: first = rows; rest = rows; ticks = the scale of levels
- portfolio_histories: past = projects
- portfolio_summary: rows; heat = how many are at each level, or None; counts = need → projects; past = projects
- project_description: project; reports; alike = whether all routes have the same levels; meeting = whether it is
  the page for a meeting
- project_facts, project_head, project_links, project_report: project
- project_findings: groups = routes → badge → findings; answered = whether anything is; drawn = late and ask → the items
  that the timeline marks so
- project_history: past = replay; chart
- project_items: project; tracks = track → what is to be met, by routes, and its cells; rows = from states to rows;
  set_aside = states; unasked = items; asked = how many
- project_moves: first = moves; partners = partner → the other moves; explained = how many of each with their reasons;
  rest = how many; only = item → routes, where not all ask for it; lifts = routes → lifts
- project_notices: project; reports; behind = reports; own = whether a layer has gates; inherited = states;
  moved = name → retirement; word_difference = from an item and an edition to HTML; alone = titles of what only a layer
  has: the kind of product and the routes
- project_path: project; paths = routes → reports, each with the drawn path or None and falls; recent = routes →
  changes; days = how far back changes go
- project_picture: first = report; others = reports, each with tracks to draw and counts to say; scale
- project_timeline: says = routes → outlooks; lines = what is drawn at once and what is folded, each or None; later =
  how many items are folded; strips = from rows to HTML; undated = routes → what is missing → partner → items; stages;
  assumed = routes → numbers; asks = whether anything is to be looked at; urgent = whether anything is late or to start
  now; open = how many items are
- references: entries = key → source; cited = key → items
- region_accessibility: region; mailbox = the contact where it is one, else empty
- region_differences: layers = each with added, changed and waived → differences, and the address of its file; region;
  names = field → what it is called
- region_imprint: region
- region_set_up: region; authorities = pairs of layer and authority; theirs = hospital → projects
- replay: projects = pairs of replay and chart
- retired_item: gone = retirement
- route_head: route
- route_items: route; asked = items; not_asked = items
- route_paths: route; rows = modality → goals
- rules_in_motion: motions = pairs of name and rule; chart
- scale: report; apart = spread; goals; cells = track → HTML; legend = whether there is one
- shared_findings: first = shared findings; rest = shared findings; total = how many projects there are
- shared_gaps: first = pairs of item and projects; rest = pairs of item and projects; total = how many projects
- stage_head: stage
- stage_items: number; items = track → items
- stages: cells = (stage, track) → cell
- start: rows = product → offers; linked = whether all have the forge's page; filled = with text; example = choice; text
- titled: folder; entries = name → what has a title and is about something
- trail: steps = pairs of name and address; title
- waived_item: item; waived
- welcome: words
- word_difference: parts = pairs of kind and words

The templates `parts`, `strips`, `heat`, `timeline`, `history`, `finding`, `move` and `special` hold macros for others;
`fragments` holds those that `kept` calls.
"""
