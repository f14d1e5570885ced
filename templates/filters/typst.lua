-- Turns the tree of the brief into calls of the functions in templates/typst/brief.typ.
-- Every word goes over as a Typst string, so nothing that people wrote is ever read as markup or code.

local CARDS = { "recommendation", "lesson", "practice" }
local DIVISIONS = { "keywords", "disclaimer", "finding", "fields", "gaps" }
local UNWRAPPED = pandoc.WriterOptions { wrap_text = "none" }
local SPANS = { "gap", "field", "name", "insertion", "deletion", "moved", "renumbered", "reformatted" }
-- Marks of a figure or table that is not as it was in another draft.
local BLOCK_MARKS = { "changed", "inserted", "deleted" }

local function quoted(text)
  return '"' .. (text or ""):gsub("[\\\"]", "\\%0"):gsub("\n", " ") .. '"'
end

local function raw(code) return pandoc.RawBlock("typst", code) end

-- Content that becomes an argument. Pandoc takes long to write each by itself: a mark stands for it until all is written.
local inline_filter
local written_later = pandoc.List {}
local function content(blocks)
  written_later:insert(pandoc.List(blocks))
  return "[\1" .. #written_later .. "\2]"
end

-- Typst source of all content that a mark stands for.
local function write_content()
  local together, sources = pandoc.Blocks {}, {}
  for _, blocks in ipairs(written_later) do
    together:extend(blocks)
    together:insert(raw "\3")
  end
  for source in pandoc.write(pandoc.Pandoc(together):walk(inline_filter), "typst", UNWRAPPED):gmatch("([^\3]*)\3") do
    sources[#sources + 1] = source:gsub("^%s+", ""):gsub("%s+$", "")
  end
  return sources
end

-- Source with the content that its marks stand for, which may hold marks as well.
local function filled(source, sources)
  return (source:gsub("\1(%d+)\2", function(number) return filled(sources[tonumber(number)], sources) end))
end

local function inlines(list) return content { pandoc.Plain(list) } end

local function array(items)
  return "(" .. table.concat(items, ", ") .. (#items > 0 and ",)" or ")")
end

-- `#name(arguments)[blocks]` with the blocks left in the tree.
local function wrap(name, arguments, blocks)
  local out = pandoc.Blocks { raw("#" .. name .. "(" .. table.concat(arguments, ", ") .. ")[") }
  out:extend(blocks)
  out:insert(raw("]"))
  return out
end

local function call(name, arguments)
  return raw("#" .. name .. "(" .. table.concat(arguments, ", ") .. ")")
end

local function has_class(element, names)
  for _, name in ipairs(names) do
    if element.classes:includes(name) then return name end
  end
end

-- Words -------------------------------------------------------------------------------------------------------------

local function language_arguments(tag)
  local language, region = tag:match("^(%a+)%-?(%a*)")
  return ("lang: %s, region: %s"):format(quoted(language), region ~= "" and quoted(region) or "none")
end

local function enclose(opening, list)
  local out = pandoc.Inlines { pandoc.RawInline("typst", opening .. "[") }
  out:extend(list)
  out:insert(pandoc.RawInline("typst", "]"))
  return out
end

inline_filter = {
  Str = function(el) return pandoc.RawInline("typst", "#" .. quoted(el.text) .. ";") end,
  Code = function(el) return pandoc.RawInline("typst", "#raw(" .. quoted(el.text) .. ");") end,
  Span = function(el)
    local out = el.content
    local look = has_class(el, SPANS)
    if look then out = enclose("#" .. look, out) end
    if el.attributes.lang then out = enclose("#text(" .. language_arguments(el.attributes.lang) .. ")", out) end
    return out
  end,
  -- Typst sets the number of a note right before its words.
  Note = function(el)
    table.insert(el.content[1].content, 1, pandoc.RawInline("typst", "#h(.35em)"))
    return el
  end,
  Link = function(el)
    local id = el.target:match("^#(.+)$")
    return enclose("#linked(" .. (id and "label(" .. quoted(id) .. ")" or quoted(el.target)) .. ")", el.content)
  end,
}

-- The caption of a figure or table; one that changed says so.
local function caption_of(element)
  local mark = has_class(element, BLOCK_MARKS)
  local before = mark and pandoc.Blocks { pandoc.Plain(enclose("#changed(" .. quoted(mark) .. ")", {})) } or {}
  local blocks = pandoc.Blocks(before)
  blocks:extend(element.caption.long)
  return mark and content { pandoc.Plain(pandoc.utils.blocks_to_inlines(blocks, { pandoc.Space() })) }
    or content(element.caption.long)
end

-- Figures and tables ------------------------------------------------------------------------------------------------

local function source_argument(blocks)
  for _, block in ipairs(blocks) do
    if block.t == "Div" and block.classes:includes("source") then return "source: " .. content(block.content) end
  end
  return "source: none"
end

local function picture(figure)
  local image
  figure:walk { Image = function(el) image = el end }
  return call("picture", {
    "id: " .. quoted(figure.identifier), "number: " .. quoted(figure.attributes.number),
    "path: " .. quoted(image.src), "alt: " .. quoted(pandoc.utils.stringify(image.caption)),
    "caption: " .. caption_of(figure), source_argument(figure.content),
  })
end

local function cells(rows)
  local out = {}
  for _, row in ipairs(rows) do
    for _, cell in ipairs(row.cells) do out[#out + 1] = content(cell.contents) end
  end
  return array(out)
end

local function data_table(div, element)
  local rows, widths, alignments = pandoc.List {}, {}, {}
  for _, body in ipairs(element.bodies) do rows:extend(body.body) end
  for i, spec in ipairs(element.colspecs) do
    alignments[i] = ({ AlignRight = "right", AlignCenter = "center" })[spec[1]] or "left"
    widths[i] = type(spec[2]) == "number" and spec[2] > 0 and ("%.4ffr"):format(spec[2]) or "auto"
  end
  return call("data-table", {
    "id: " .. quoted(div.identifier), "number: " .. quoted(div.attributes.number),
    "caption: " .. caption_of(element), source_argument(div.content),
    "widths: " .. array(widths), "alignments: " .. array(alignments),
    "header: " .. cells(element.head.rows), "cells: " .. cells(rows), "foot: " .. cells(element.foot.rows),
  })
end

-- Quick facts -------------------------------------------------------------------------------------------------------

local function quick_facts(div)
  local facts, heading = {}, nil
  for _, block in ipairs(div.content) do
    if block.t == "Header" then heading = block end
    if block.t == "DefinitionList" then
      for _, item in ipairs(block.content) do
        facts[#facts + 1] = "(" .. inlines(item[1]) .. ", " .. content(item[2][1]) .. ")"
      end
    end
  end
  return call("quick-facts", { "id: " .. quoted(heading.identifier ~= "" and heading.identifier or div.identifier),
    "title: " .. inlines(heading.content), "facts: " .. array(facts) })
end

-- Blocks ------------------------------------------------------------------------------------------------------------

local convert

local function is_card(block) return block.t == "Div" and has_class(block, CARDS) ~= nil end

-- A paragraph or list of the text.
local function is_text(block) return block.t == "Div" and block.classes:includes("block") end

local function heading_arguments(header)
  return { "id: " .. quoted(header.identifier), "title: " .. inlines(header.content), "level: " .. header.level }
end

-- The lists of figures and of tables at the end; the template fills them.
local function lists(div)
  local headings, parts = pandoc.Blocks {}, {}
  for _, block in ipairs(div.content) do
    local kind = block.t == "Div" and (block.classes:includes("list-of-figures") and "image" or "table")
    if kind then parts[#parts + 1] = "index(kind: " .. kind .. ")" .. content(block.content)
    else headings:insert(block) end
  end
  local out = convert(headings)
  out:insert(call("lists", parts))
  return out
end

-- Text that what follows must not leave behind: before its finding, before its list.
local function leads(block, next_block)
  if not next_block or next_block.t ~= "Div" then return false end
  local inside = next_block.content[1]
  return next_block.classes:includes("finding")
    or is_text(block) and block.content[1].t == "Para" and is_text(next_block) and inside.t ~= "Para"
end

local function is_lists(block) return block ~= nil and block.t == "Div" and block.classes:includes("lists") end

-- A card goes on to the next page with the lists that follow it, which would stand there alone.
local function convert_div(div, next_block, beside)
  local card = has_class(div, CARDS)
  if card then
    if div.content[1].t == "Header" then div.content[1].classes:insert("run-in") end
    return wrap("card", { "kind: " .. quoted(card), "number: " .. quoted(div.attributes.number),
      "id: " .. quoted(div.identifier), "sticky: " .. tostring(is_lists(next_block)) }, convert(div.content))
  elseif div.classes:includes("quick-facts") then return { quick_facts(div) }
  elseif div.classes:includes("table") then
    for _, block in ipairs(div.content) do
      if block.t == "Table" then return { data_table(div, block) } end
    end
  elseif div.classes:includes("lists") then return lists(div)
  elseif div.classes:includes("block") then
    local arguments = { "beside: " .. tostring(beside), "sticky: " .. tostring(leads(div, next_block)) }
    return wrap("passage", arguments, convert(div.content))
  end
  local look = has_class(div, DIVISIONS)
  if not look then return convert(div.content) end
  local id = div.identifier
  return wrap(look, id ~= "" and { "id: " .. quoted(id) } or {}, convert(div.content))
end

-- The text that opens blocks[start], as far as it goes, and the index after it.
local function text_from(blocks, start)
  local out = pandoc.Blocks {}
  while blocks[start] and is_text(blocks[start]) do
    out:insert(blocks[start])
    start = start + 1
  end
  return out, start
end

-- The first paragraph of a section or of a card.
local function first_paragraph(block)
  if block and is_text(block) then block = block.content[1] end
  return block and block.t == "Para" and block or nil
end

-- A section below a bar: its heading beside, in front of or above the text, whichever the text allows.
local function section(blocks, start, out)
  local header, next_block = blocks[start], start + 1
  local run_in = header.classes:includes("run-in")
  local passages, after = text_from(blocks, next_block)
  local paragraph = run_in and first_paragraph(blocks[next_block])
  local arguments = heading_arguments(header)
  if paragraph then
    arguments[#arguments + 1] = "sticky: " .. tostring(leads(blocks[next_block], blocks[next_block + 1]))
    out:extend(wrap("run-in", arguments, { paragraph }))
    return next_block + 1, false
  elseif header.level == 2 and not run_in and #passages > 0 then
    for place, passage in ipairs(passages) do
      local sticky = tostring(leads(passage, blocks[start + place + 1]))
      arguments[#arguments + 1] = ("(body: %s, sticky: %s)"):format(content(passage.content), sticky)
    end
    out:insert(call("side", arguments))
    return after, true
  end
  out:insert(call("titled", arguments))
  return next_block, header.level == 2 and not run_in
end

convert = function(blocks)
  local out, i, beside = pandoc.Blocks {}, 1, false
  while i <= #blocks do
    local block = blocks[i]
    if block.t == "Header" then
      i, beside = section(blocks, i, out)
    else
      local before = blocks[i - 1]
      if is_card(block) and before and not is_card(before) then out:insert(raw "#series-start") end
      if block.t == "Div" then out:extend(convert_div(block, blocks[i + 1], beside))
      elseif block.t == "Figure" then out:insert(picture(block))
      else out:insert(block) end
      i = i + 1
    end
  end
  return out
end

local function refuse(el)
  error("the tree holds raw " .. el.format .. ", which no brief may: " .. el.text:sub(1, 60))
end

return {
  { RawInline = refuse, RawBlock = refuse },
  { Pandoc = function(doc)
      doc.blocks = convert(doc.blocks)
      local sources = write_content()
      return doc:walk { RawBlock = function(el) return raw(filled(el.text, sources)) end }
    end },
  inline_filter,
}
