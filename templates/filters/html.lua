-- Turns the tree of the brief into the page's own elements: titled sections, figures, tables, cards, lists and notes.
-- Markup stands as raw HTML around words that pandoc writes, so nothing that people wrote is ever read as markup.

local CARDS = { recommendation = true, lesson = true, practice = true }
-- The classes the style sheet knows; whatever else people give a span or a division stays behind.
local SPANS = { gap = true, field = true, name = true }
-- Marks of what changed since another draft: the element of each.
local MARKS = { insertion = "ins", deletion = "del", moved = "span", renumbered = "span", reformatted = "span" }
local BLOCK_MARKS = { "changed", "inserted", "deleted" }
local DIVISIONS = { block = true, keywords = true, disclaimer = true, finding = true, fields = true, gaps = true,
  source = true, ["quick-facts"] = true, lists = true, recommendation = true, lesson = true, practice = true }
local ALIGNMENTS = { AlignRight = "right", AlignCenter = "centre" }
-- Where a link may lead: into the page, or out of it by the reader's own will.
local TARGETS = { "^#.", "^https?://", "^mailto:" }
local NO_BREAK_SPACE, FAR = "\u{00A0}", "\u{2002}"
-- Characters; a column whose entries are all shorter keeps each of them on one line.
local SHORT = 16
-- The deepest headings whose anchors a keyboard stops at, as many as the contents name.
local DEEPEST_STOP = 2
local PROSE_BREAKS = { Figure = true, Table = true, Header = true }

local labels, drawings
local captions = { figure = pandoc.List {}, table = pandoc.List {} }

local words = pandoc.utils.stringify

-- Markup --------------------------------------------------------------------------------------------------------------

local function escaped(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

-- `attributes` are pairs in the order they are written; an empty value leaves the attribute out.
local function open(name, attributes)
  local out = "<" .. name
  for _, pair in ipairs(attributes or {}) do
    if pair[2] and pair[2] ~= "" then out = out .. " " .. pair[1] .. '="' .. escaped(pair[2]) .. '"' end
  end
  return out .. ">"
end

local function raw(markup) return pandoc.RawBlock("html", markup) end

-- The classes of a figure or table, with that of its mark if it changed, and the number of the change.
local function block_mark(element, classes)
  for _, name in ipairs(BLOCK_MARKS) do
    if element.classes:includes(name) then return classes .. " mark-" .. name, element.attributes.change end
  end
  return classes, nil
end

local function wrap(name, attributes, blocks)
  local out = pandoc.Blocks { raw(open(name, attributes)) }
  out:extend(blocks)
  out:insert(raw("</" .. name .. ">"))
  return out
end

-- A link within the page, with its attributes in the order given: that of a Lua table changes from run to run.
local function link(inlines, target, classes, attributes)
  return pandoc.Link(inlines, "#" .. target, "", pandoc.Attr("", classes, attributes))
end

local function said(label, word) return (labels[label]:gsub("{}", function() return word end)) end

-- A sign at the side that holds the address of the block it stands in. It is no part of the heading or caption, whose
-- name it would lengthen for a screen reader. Only those of sections are stops for the keyboard: there are many.
local function anchor(id, name, is_stop)
  local attributes = pandoc.List { { "aria-label", said("link_to", name) } }
  if not is_stop then attributes:insert { "tabindex", "-1" } end
  return pandoc.Plain { link({}, id, { "anchor" }, attributes) }
end

-- Headings: the title of the brief is the first level, so each of the tree's goes one down -----------------------------

local function titled(header, look, target)
  -- Words in a span of their own: the style sheet sets them on the line of the text they open.
  local content = look == "run-in" and { pandoc.Span(header.content) } or header.content
  local heading = pandoc.Header(header.level + 1, content, { id = header.identifier })
  -- Pandoc would make a section of a division that starts with a heading, and move the heading's id there.
  return wrap("div", { { "class", "titled " .. (look or "above") } },
    { heading, anchor(target or header.identifier, words(header.content), header.level <= DEEPEST_STOP) })
end

-- Figures and tables --------------------------------------------------------------------------------------------------

local function numbered_name(kind, number) return labels[kind] .. NO_BREAK_SPACE .. number end

local function caption(kind, number, long)
  local label = pandoc.Span({ pandoc.Str(numbered_name(kind, number) .. ".") }, { class = "number" })
  return pandoc.Plain(pandoc.Inlines { label, pandoc.Space() } .. pandoc.utils.blocks_to_inlines(long))
end

-- What is wider than a phone moves sideways in a frame of its own, which a keyboard reaches.
local function frame(name_id, blocks)
  return wrap("div", { { "class", "frame" }, { "role", "region" }, { "tabindex", "0" }, { "aria-labelledby", name_id } },
    blocks)
end

local function source_of(blocks)
  return blocks:filter(function(block) return block.t == "Div" and block.classes:includes "source" end)
end

local function figure(element)
  local id, number = element.identifier, element.attributes.number
  local name_id = id .. "-caption"
  local drawing = drawings[id] or error("no drawing is at hand for " .. id)
  local out = wrap("figcaption", { { "id", name_id } }, { caption("figure", number, element.caption.long) })
  out:insert(anchor(id, numbered_name("figure", number)))
  out:extend(frame(name_id, { raw(drawing) }))
  out:extend(source_of(element.content))
  local look, change = block_mark(element, "picture")
  return wrap("figure", { { "id", id }, { "class", look }, { "data-change", change } }, out)
end

-- The looks of the columns of a table: how they are aligned, and whether their entries stay on one line.
local function column_looks(element)
  local aligned, looks, longest = {}, {}, {}
  local function measure(rows)
    for _, line in ipairs(rows) do
      for column, cell in ipairs(line.cells) do
        longest[column] = math.max(longest[column] or 0, utf8.len(words(cell.contents)))
      end
    end
  end
  for _, body in ipairs(element.bodies) do measure(body.body) end
  measure(element.foot.rows)
  for column, spec in ipairs(element.colspecs) do
    local names = pandoc.List { ALIGNMENTS[spec[1]] }
    aligned[column] = names[1]
    if (longest[column] or SHORT) < SHORT then names:insert("short") end
    looks[column] = table.concat(names, " ")
  end
  return aligned, looks
end

local function row(cells, looks, heads, scope)
  local out = pandoc.Blocks {}
  for column, cell in ipairs(cells) do
    local is_head = column <= heads
    local attributes = { { "scope", is_head and scope }, { "class", looks[column] },
      { "data-value", cell.attributes.value } }
    out:extend(wrap(is_head and "th" or "td", attributes, cell.contents))
  end
  return wrap("tr", {}, out)
end

local function part(name, rows, looks, heads, scope)
  if #rows == 0 then return {} end
  local out = pandoc.Blocks {}
  for _, line in ipairs(rows) do out:extend(row(line.cells, looks, heads, scope)) end
  return wrap(name, {}, out)
end

local function data_table(element, div, name_id)
  local aligned, looks = column_looks(element)
  local heads = element.bodies[1].row_head_columns
  local summary_id = div.attributes.summary and div.identifier .. "-summary"
  local out = part("thead", element.head.rows, aligned, #element.colspecs, "col")
  for _, body in ipairs(element.bodies) do out:extend(part("tbody", body.body, looks, heads, "row")) end
  out:extend(part("tfoot", element.foot.rows, looks, heads, "row"))
  out = wrap("table", { { "aria-labelledby", name_id }, { "aria-describedby", summary_id } }, out)
  if summary_id then
    out:extend(wrap("p", { { "id", summary_id }, { "hidden", "hidden" } },
      { pandoc.Plain { pandoc.Str(div.attributes.summary) } }))
  end
  return out
end

-- The caption stands over the frame, not in the table, with which it would move out of sight.
local function captioned_table(div)
  local number, name_id = div.attributes.number, div.identifier .. "-caption"
  local out = pandoc.Blocks {}
  for _, block in ipairs(div.content) do
    if block.t == "Table" then
      out:extend(wrap("figcaption", { { "id", name_id } }, { caption("table", number, block.caption.long) }))
      out:insert(anchor(div.identifier, numbered_name("table", number)))
      out:extend(frame(name_id, data_table(block, div, name_id)))
    end
  end
  out:extend(source_of(div.content))
  local look, change = block_mark(div.content[1], div.classes:includes "unsortable" and "data" or "data sortable")
  return wrap("figure", { { "id", div.identifier }, { "class", look }, { "data-change", change } }, out)
end

local function gather_captions(blocks)
  local function note(kind, element, id, number)
    captions[kind]:insert { id = id, number = number, words = pandoc.utils.blocks_to_inlines(element.caption.long) }
  end
  blocks:walk {
    traverse = "topdown",
    Figure = function(element) note("figure", element, element.identifier, element.attributes.number) end,
    Div = function(div)
      local element = div.classes:includes "table" and div.content:find_if(function(block) return block.t == "Table" end)
      if element then note("table", element, div.identifier, div.attributes.number) end
    end,
  }
end

-- A list of the figures or tables, as links; nothing when there is none.
local function list_of(kind, title)
  if #captions[kind] == 0 then return {} end
  local name, id = "list_of_" .. kind .. "s", "list-of-" .. kind .. "s"
  local items = captions[kind]:map(function(entry)
    local line = pandoc.Inlines { pandoc.Str(numbered_name(kind, entry.number) .. "."), pandoc.Space() }
    line:extend(entry.words:walk { Note = function() return {} end, Link = function(link) return link.content end })
    return { pandoc.Plain { pandoc.Link(line, "#" .. entry.id) } }
  end)
  local heading = pandoc.Header(2, title and title.content or pandoc.Inlines(labels[name]), { id = id })
  return wrap("nav", { { "aria-labelledby", id } }, { heading, pandoc.BulletList(items) })
end

local function lists(div)
  local out = pandoc.Blocks {}
  for _, block in ipairs(div.content) do
    if block.t == "Div" then
      out:extend(list_of(block.classes:includes "list-of-figures" and "figure" or "table", block.content[1]))
    end
  end
  return #out > 0 and { pandoc.Div(out, { id = div.identifier, class = "lists" }) } or {}
end

-- Quick facts, call-outs and cards ------------------------------------------------------------------------------------

local convert

local function fact_list(list)
  local out = pandoc.Blocks {}
  for _, item in ipairs(list.content) do
    local pair = wrap("dt", {}, { pandoc.Plain(item[1]) })
    pair:extend(wrap("dd", {}, item[2][1]))
    out:extend(wrap("div", {}, pair))
  end
  return wrap("dl", {}, out)
end

local function quick_facts(div)
  local out = pandoc.Blocks {}
  for _, block in ipairs(div.content) do
    if block.t == "Header" then out:extend(titled(block, "above", div.identifier))
    else out:extend(block.t == "DefinitionList" and fact_list(block) or { block }) end
  end
  return out
end

local function card(div)
  local header = div.content[1]
  if header.t ~= "Header" then return convert(div.content) end
  return titled(header, "run-in", div.identifier) .. convert(pandoc.Blocks { table.unpack(div.content, 2) })
end

-- The name of a finding is what it opens with in bold.
local function finding(div)
  local name
  div:walk { Strong = function(strong) name = name or words(strong):gsub("%.$", "") end }
  return pandoc.Blocks { anchor(div.identifier, name or words(div)) } .. convert(div.content)
end

-- The fields of a record share a line only where there is room: the style sheet sets them apart, and they may break.
local loosened = { Str = function(str)
  if str.text == FAR then return {} end
  return str.text == NO_BREAK_SPACE and pandoc.Space() or nil
end }

local function convert_div(div)
  local classes = div.classes
  if classes:includes "table" then return captioned_table(div) end
  if classes:includes "lists" then return lists(div) end
  local known, number = classes:filter(function(class) return DIVISIONS[class] end), nil
  local inside
  if classes:includes "quick-facts" then inside = quick_facts(div)
  elseif classes:includes "finding" then inside = finding(div)
  elseif classes:find_if(function(class) return CARDS[class] end) then
    inside, number = card(div), div.attributes.number
    known:insert(1, "card")
  elseif classes:includes "fields" then inside = div.content:walk(loosened)
  else inside = convert(div.content) end
  return { pandoc.Div(inside, pandoc.Attr(div.identifier, known, { ["data-number"] = number })) }
end

-- Sections ------------------------------------------------------------------------------------------------------------

-- Prose fits the column beside a side heading; everything else takes the full width.
local function is_prose(block)
  if block.t == "Div" then
    return block.classes:includes "block" or #block.classes == 0 and block.content:find_if(is_prose) ~= nil
  end
  return not PROSE_BREAKS[block.t]
end

local function prose_from(blocks, start)
  local stop = start
  while blocks[stop] and is_prose(blocks[stop]) do stop = stop + 1 end
  return pandoc.Div(convert(pandoc.Blocks { table.unpack(blocks, start, stop - 1) }), { class = "prose" }), stop
end

local function starts_with_paragraph(block)
  if block and block.t == "Div" and block.classes:includes "block" then block = block.content[1] end
  return block ~= nil and block.t == "Para"
end

-- A heading beside its text, at the start of it, or above it, whichever the text allows; also says where to go on.
local function section(blocks, start)
  local header, after = blocks[start], start + 1
  local beside = header.level == 2 and not header.classes:includes "run-in"
  if header.classes:includes "run-in" and starts_with_paragraph(blocks[after]) then
    local opening = convert(pandoc.Blocks { blocks[after] })
    return { pandoc.Div(titled(header, "run-in") .. opening, { class = "opening" }) }, after + 1, false
  elseif beside and blocks[after] and is_prose(blocks[after]) then
    local prose, stop = prose_from(blocks, after)
    return { pandoc.Div(titled(header, "side") .. { prose }, { class = "beside" }) }, stop, true
  end
  return titled(header), after, beside
end

convert = function(blocks)
  local out, place, beside = pandoc.Blocks {}, 1, false
  while place <= #blocks do
    local block, made = blocks[place], nil
    if block.t == "Header" then
      made, place, beside = section(blocks, place)
    elseif beside and is_prose(block) then
      local prose, stop = prose_from(blocks, place)
      made, place = { pandoc.Div({ prose }, { class = "beside" }) }, stop
    else
      made = block.t == "Figure" and figure(block) or block.t == "Div" and convert_div(block) or { block }
      place = place + 1
    end
    out:extend(made)
  end
  return out
end

-- Notes, which stand before the lists at the end ----------------------------------------------------------------------

local function return_link(number)
  local name = labels.back_to_text .. " (" .. number .. ")"
  return link({}, "note-" .. number .. "-mark", { "return" }, { { "role", "doc-backlink" }, { "aria-label", name } })
end

local function note_section(notes)
  local out = pandoc.Blocks {}
  for number, blocks in ipairs(notes) do
    local last = blocks[#blocks]
    if last.t == "Para" or last.t == "Plain" then last.content:extend { NO_BREAK_SPACE, return_link(number) }
    else blocks:insert(pandoc.Plain { return_link(number) }) end
    out:extend(wrap("li", { { "id", "note-" .. number } }, blocks))
  end
  local heading = pandoc.Header(2, pandoc.Inlines(labels.notes), { id = "notes-heading" })
  return wrap("section", { { "class", "notes" }, { "role", "doc-endnotes" }, { "aria-labelledby", "notes-heading" } },
    pandoc.Blocks { heading } .. wrap("ol", {}, out))
end

local function with_notes(blocks)
  local notes = pandoc.List {}
  blocks = blocks:walk { Note = function(note)
    notes:insert(note.content)
    local mark = link({ pandoc.Superscript(tostring(#notes)) }, "note-" .. #notes, { "mark" },
      { { "role", "doc-noteref" } })
    mark.identifier = "note-" .. #notes .. "-mark"
    return mark
  end }
  if #notes == 0 then return blocks end
  local _, place = blocks:find_if(function(block) return block.t == "Div" and block.classes:includes "lists" end)
  local before = place and place - 1 or #blocks
  local rest = pandoc.Blocks { table.unpack(blocks, before + 1) }
  return pandoc.Blocks { table.unpack(blocks, 1, before) } .. note_section(notes) .. rest
end

-- Words: only what the style sheet or a screen reader needs goes on, never an attribute that people wrote ---------------

local function marked(span, class)
  local opening = open(MARKS[class],
    { { "class", class }, { "data-change", span.attributes.change }, { "data-before", span.attributes.before } })
  return pandoc.Inlines { pandoc.RawInline("html", opening) } .. span.content
    .. pandoc.Inlines { pandoc.RawInline("html", "</" .. MARKS[class] .. ">") }
end

local function plain_span(span)
  for _, class in ipairs(span.classes) do
    if MARKS[class] then return marked(span, class) end
  end
  local known = span.classes:filter(function(class) return SPANS[class] end)
  if #known == 0 and not span.attributes.lang and span.identifier == "" then return span.content end
  return pandoc.Span(span.content, pandoc.Attr(span.identifier, known, { lang = span.attributes.lang }))
end

local function plain_link(link)
  for _, pattern in ipairs(TARGETS) do
    if link.target:lower():match(pattern) then return pandoc.Link(link.content, link.target) end
  end
  error("a link leads neither into the page nor to an address on the web: " .. link.target:sub(1, 60))
end

local function plain_code(code) return pandoc.Code(code.text) end

local function refuse(element)
  error("the tree holds raw " .. element.format .. ", which no brief may: " .. element.text:sub(1, 60))
end

-- A link to a finding that reads only its number says to a screen reader what it is the number of.
local function with_named_numbers(blocks)
  local findings = {}
  blocks:walk { Div = function(div) findings["#" .. div.identifier] = div.classes:includes "finding" end }
  return blocks:walk { Link = function(element)
    local number = words(element.content)
    if not findings[element.target] or not number:match "^%d+$" then return nil end
    local attributes = { { "aria-label", labels.finding .. NO_BREAK_SPACE .. number } }
    return link(element.content, element.target:sub(2), { "bare" }, attributes)
  end }
end

local function page(document)
  labels, drawings = {}, document.meta.drawings
  for name, label in pairs(document.meta.labels) do labels[name] = words(label) end
  gather_captions(document.blocks)
  return pandoc.Pandoc(with_notes(convert(with_named_numbers(document.blocks))))
end

return {
  { RawInline = refuse, RawBlock = refuse },
  { Span = plain_span, Link = plain_link, Code = plain_code },
  { Pandoc = page },
}
