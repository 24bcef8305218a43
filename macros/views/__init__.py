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
- area_lead_times: longest = items
- area_source: address
- change_form: about = what its script needs to know, as JSON
- cite: key of the source; text
- example_picture: report; scale = from a report to its picture
- facility_demand: demand = facility → quarter → pairs of project and item
- guide_me: rows = pairs of item and its marks; open = modality → donors that projects choose from; ways = modality →
  deliveries that they choose from
- item: item; search = what was searched for it, or None; mistake = address where one is reported
- item_link: name; text
- item_sources: counts = kind → reading → how many items; readings; weak = pairs of item and its search or None
- meeting: project; reports; findings = pairs of finding and report; partners = partner → moves; recent = changes;
  questions = kinds of finding; top = how many findings are shown; days = how far back changes go; scale
- modality_head: modality
- modality_items: modality; asked = items; not_asked = items
- modality_paths: kinds = goals → pairs of donor and delivery that have them
- named_rules: areas = rule → areas that it speaks of; sentences = from a condition to sentences and their values
- numbers: gates = how many
- ours: words
- partner_head: partner
- partner_items: partner; owned = items; supported = items
- partners: owned = partner → how many items
- portfolio: current = reports; past = reports
- project_description: project; reports; meeting = whether it is the page for a meeting
- project_facts, project_head, project_links, project_report: project
- project_findings: reports = each with what it says and what it asks; most = how many questions are shown at once
- project_forecast: reports = each with urgency → plans, chains, and what writes the rows of plans
- project_gaps: reports = each with track → pairs of stage and open items; gap_rows = from a report and states to rows
- project_met: states; rows
- project_moves: reports = each with partner → moves
- project_not_applicable: states; unasked = items; asked = how many
- project_notices: project; reports; behind = reports; own = whether a layer has gates; inherited = states;
  moved = name → retirement; word_difference = from an item and an edition to HTML; alone = titles of what only a layer
  has: the kind of product and the routes
- project_partners: reports = each with partner → states; open_items = from states to lines; contacts = partner → those
  of the project's hospital, where the region has several
- project_path: reports = each with the drawn path or None, changes and falls; days = how far back changes go
- project_picture: reports; scale
- references: entries = key → source; cited = key → items
- region_accessibility: region
- region_differences: layers = each with added, changed and waived → differences, and the address of its file; region
- region_imprint: region
- region_set_up: region; authorities = pairs of layer and authority; theirs = hospital → projects
- replay: projects = each with its readings and a report on each
- retired_item: gone = retirement
- route_head: route
- route_items: route; asked = items; not_asked = items
- route_paths: route; rows = modality → goals
- rules_in_motion: motions = pairs of name and rule
- scale: report; apart = spread; goals; cells = track → HTML; legend = whether there is one
- shared_findings: rows = pairs of kind and ids of projects; total = how many projects there are
- shared_gaps: rows = pairs of item and projects; total = how many projects there are
- stage_head: stage
- stage_items: number; items = track → items
- stages: counts = (stage, track) → items; gates = (stage, track) → gates
- start: rows = product → offers; linked = whether all have the forge's page; filled = with text; example = choice; text
- titled: folder; entries = name → what has a title and is about something
- trail: steps = pairs of name and address; title
- waived_item: item; waived
- welcome: words
- word_difference: parts = pairs of kind and words

The templates `parts`, `finding`, `move` and `special` hold macros for others; `fragments` those that `kept` calls.
"""
