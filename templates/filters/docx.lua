-- Turns the tree of the brief into Word's own elements: paragraphs by named style, fields, captions, tables.
-- Markup stands as raw OOXML around words that pandoc writes, so nothing that people wrote is ever read as markup.

local INCH = 1440 -- twentieths of a point
local LABEL_COLUMN = 0.34 -- share of the quick facts' width
local FACT_BAR = 45 -- the bar before the quick facts takes its share of the width
local LONG_TITLE = 110 -- characters
local LONGEST_NAME = 40 -- characters of a bookmark
local LONGEST_LABEL = 64 -- characters of the title of a content control
local REFERENCE = "Ref_"
local NO_BREAK_SPACE = "\u{00A0}"

local LINK = '<w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr>'
local CAPTION_LABEL = '<w:rPr><w:rStyle w:val="CaptionLabel"/></w:rPr>'

local LOOKS = { keywords = "Keywords", disclaimer = "Disclaimer", finding = "Finding", source = "Source" }
local RECORD_PARTS = { fields = " Field", gaps = " Gap" } -- after the style of the record they belong to
local WORD_LOOKS = { gap = "Gap", name = "Field Label" }
local FACT_STYLES = { "Quick Fact Label", "Quick Fact Value" }
local FACT_HEADINGS = { "Quick Fact Heading", "Quick Fact Heading" }
local RECORDS = { recommendation = "Recommendation", lesson = "Lesson Learned", practice = "Good Practice" }
local LISTS = { BulletList = "List Bullet", OrderedList = "List Number" }
local CELL_STYLES = { AlignRight = "Table Number", AlignCenter = "Table Centred" }

local labels
local text_width -- twentieths of a point, as the reference document's page has it
local captions = { figure = {}, table = {} }

local text = pandoc.utils.stringify

local function escaped(words)
  return (words:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

local function raw(markup) return pandoc.RawBlock("openxml", markup) end
local function run(markup, look)
  return pandoc.RawInline("openxml", "<w:r>" .. (look or "") .. markup .. "</w:r>")
end
local function spoken(style, inlines) return pandoc.Span(inlines, { ["custom-style"] = style }) end

local function styled(style, blocks, id)
  return pandoc.Div(blocks, pandoc.Attr(id or "", {}, { ["custom-style"] = style }))
end

local function class_in(element, map)
  for _, class in ipairs(element.classes) do
    if map[class] then return map[class], class end
  end
end

-- Bookmarks: letters, digits and underscores, never too long, never two alike ---------------------------------------

local names, taken = {}, {}

local function bookmark(id)
  if id == "" or names[id] then return names[id] or "" end
  local name = id:gsub("%W", "_"):gsub("^%A", "b%0")
  if #name > LONGEST_NAME or taken[name:lower()] then
    name = name:sub(1, LONGEST_NAME - 9) .. "_" .. pandoc.utils.sha1(id):sub(1, 8)
  end
  names[id], taken[name:lower()] = name, true
  return name
end

local function name_bookmarks(blocks)
  local placed = {}
  local function rename(element)
    local name = bookmark(element.identifier)
    element.identifier = placed[name] and "" or name
    placed[name] = name ~= ""
    return element
  end
  local function retarget(link)
    local id = link.target:match("^#(.+)$")
    if id then link.target = "#" .. bookmark(id) end
    return link
  end
  return blocks:walk { Div = rename, Header = rename, Span = rename, Link = retarget }
end

-- Fields, captions and references -------------------------------------------------------------------------------------

-- `look` holds the properties of the runs that carry the field's marks: LibreOffice shows the result as it shows these.
local function open_field(code, look)
  return pandoc.Inlines { run('<w:fldChar w:fldCharType="begin"/>', look), run('<w:instrText xml:space="preserve"> ' ..
    escaped(code) .. " </w:instrText>", look), run('<w:fldChar w:fldCharType="separate"/>', look) }
end

local function close_field(look) return run('<w:fldChar w:fldCharType="end"/>', look) end

local function field(code, result, look)
  return open_field(code, look) .. result .. { close_field(look) }
end

-- Letters of any script stay: they are bytes above 127.
local function sequence(kind) return (labels[kind]:gsub("[^%w\128-\255]", "_")) end

local function caption(kind, id, number, long)
  local words = pandoc.utils.blocks_to_inlines(long)
  captions[kind][#captions[kind] + 1] = { id = id, number = number, words = words }
  local label = pandoc.Inlines { pandoc.Str(labels[kind] .. NO_BREAK_SPACE) }
  label:extend(field("SEQ " .. sequence(kind) .. " \\* ARABIC", pandoc.Inlines(number), CAPTION_LABEL))
  local line = pandoc.Inlines {
    spoken("Caption Label", { pandoc.Span(label, { id = REFERENCE .. id }), pandoc.Str "." }), pandoc.Space() }
  line:extend(words)
  return styled("Caption", { pandoc.Para { pandoc.Span(line, { id = id }) } })
end

-- A cross-reference Word can renew; \* Lower keeps "figure 1" in running text from becoming "Figure 1", and
-- \* MERGEFORMAT keeps it looking like a link.
local function reference(link)
  if not link.classes:includes "reference" then return nil end
  local words = text(link.content)
  local lower = words == pandoc.text.lower(words) and " \\* Lower" or ""
  local code = "REF " .. bookmark(REFERENCE .. link.target:sub(2)) .. lower .. " \\h \\* MERGEFORMAT"
  return field(code, pandoc.Inlines { spoken("Hyperlink", link.content) }, LINK)
end

-- The list of one kind's captions under its title; nothing when there is none. It is filled in here, without page
-- numbers, which only Word can know: \n makes Word leave them out too when somebody renews the list.
local function list_of(kind, title)
  title = title and title.content or pandoc.Inlines(labels["list_of_" .. kind .. "s"])
  local lines = pandoc.Blocks {}
  for place, entry in ipairs(captions[kind]) do
    local words = pandoc.Inlines { pandoc.Str(labels[kind] .. NO_BREAK_SPACE .. entry.number .. ". ") }
    words:extend(entry.words:walk { Note = function() return {} end, Link = function(link) return link.content end })
    local line = pandoc.Inlines { pandoc.Link(words, "#" .. entry.id) }
    if place == 1 then line = open_field('TOC \\n \\h \\z \\c "' .. sequence(kind) .. '"') .. line end
    if place == #captions[kind] then line:insert(close_field()) end
    lines:insert(pandoc.Para(line))
  end
  if #lines == 0 then return pandoc.Blocks {} end
  return pandoc.Blocks { styled("TOC Heading", { pandoc.Para(title) }), styled("Table of Figures", lines) }
end

-- Tables --------------------------------------------------------------------------------------------------------------

local function open_table(style, look, widths, title, description)
  local grid, sum = "", 0
  for _, width in ipairs(widths) do
    grid, sum = grid .. ('<w:gridCol w:w="%d"/>'):format(width), sum + width
  end
  return raw(('<w:tbl><w:tblPr><w:tblStyle w:val="%s"/><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/>' ..
    '<w:tblLook w:val="%04X" w:firstRow="%d" w:lastRow="%d" w:firstColumn="%d" w:lastColumn="0" w:noHBand="%d" ' ..
    'w:noVBand="1"/><w:tblCaption w:val="%s"/><w:tblDescription w:val="%s"/></w:tblPr><w:tblGrid>%s</w:tblGrid>')
    :format(style, sum, 0x0400 + (look.header and 0x20 or 0) + (look.total and 0x40 or 0) +
      (look.row_header and 0x80 or 0) + (look.bands and 0 or 0x200), look.header and 1 or 0, look.total and 1 or 0,
      look.row_header and 1 or 0, look.bands and 0 or 1, escaped(title), escaped(description), grid))
end

local function row(cells, widths, styles, header)
  local repeated = header and "<w:tblHeader/>" or ""
  local out = pandoc.Blocks { raw("<w:tr><w:trPr><w:cantSplit/>" .. repeated .. "</w:trPr>") }
  for column, blocks in ipairs(cells) do
    out:insert(raw(('<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>'):format(widths[column])))
    out:insert(styled(styles[column], #blocks > 0 and blocks or { pandoc.Para {} }))
    out:insert(raw "</w:tc>")
  end
  out:insert(raw "</w:tr>")
  return out
end

local function column_widths(colspecs)
  local shares, sum = {}, 0
  for column, spec in ipairs(colspecs) do
    shares[column] = type(spec[2]) == "number" and spec[2] > 0 and spec[2] or 1 / #colspecs
    sum = sum + shares[column]
  end
  for column, share in ipairs(shares) do shares[column] = math.floor(text_width * share / sum) end
  return shares
end

local function cells_of(table_row) return table_row.cells:map(function(cell) return cell.contents end) end

local function data_table(element, summary)
  local widths, styles = column_widths(element.colspecs), {}
  for column, spec in ipairs(element.colspecs) do styles[column] = CELL_STYLES[spec[1]] or "Table Text" end
  local look = { header = #element.head.rows > 0, total = #element.foot.rows > 0, bands = true,
    row_header = element.bodies[1].row_head_columns > 0 }
  local out = pandoc.Blocks { open_table("BriefTable", look, widths, text(element.caption.long), summary) }
  local function add(rows, header)
    for _, line in ipairs(rows) do out:extend(row(cells_of(line), widths, styles, header)) end
  end
  add(element.head.rows, true)
  for _, body in ipairs(element.bodies) do add(body.body, false) end
  add(element.foot.rows, false)
  out:insert(raw "</w:tbl>")
  return out
end

-- A fact as a content control under its key, inside a bookmark of the same key: LibreOffice 7.4 drops the tag of a
-- control and keeps bookmarks. It is not bound to an XML part: LibreOffice would put that part's value over an edit.
local function control(fact, label)
  local key = fact.attributes.key
  if utf8.len(label) > LONGEST_LABEL then label = label:sub(1, utf8.offset(label, LONGEST_LABEL) - 1) .. "…" end
  local id = tonumber(pandoc.utils.sha1(key):sub(1, 7), 16) + 1
  local opening = ('<w:sdt><w:sdtPr><w:alias w:val="%s"/><w:tag w:val="%s"/><w:id w:val="%d"/></w:sdtPr><w:sdtContent>')
    :format(escaped(label), escaped("facts." .. key), id)
  local inside = pandoc.Inlines { pandoc.RawInline("openxml", opening) } .. fact.content
  inside:insert(pandoc.RawInline("openxml", "</w:sdtContent></w:sdt>"))
  return pandoc.Span(inside, { id = "fact_" .. key })
end

local function fact_value(blocks, label)
  return pandoc.Blocks(blocks):walk { Span = function(span)
    if span.classes:includes "fact" then return control(span, label) end
  end }
end

-- Its header row is there for those who listen: Word's checker asks for one in every table.
local function fact_table(list, title)
  local label = math.floor(text_width * LABEL_COLUMN)
  local widths, terms = { label, text_width - label - FACT_BAR }, {}
  local rows = row({ { pandoc.Para(labels.fact) }, { pandoc.Para(labels.value) } }, widths, FACT_HEADINGS, true)
  for place, item in ipairs(list.content) do
    terms[place] = text(item[1])
    rows:extend(row({ { pandoc.Para(item[1]) }, fact_value(item[2][1], terms[place]) }, widths, FACT_STYLES, false))
  end
  local look = { header = true, row_header = true }
  local out = pandoc.Blocks { open_table("QuickFacts", look, widths, title, table.concat(terms, ", ")) }
  out:extend(rows)
  out:insert(raw "</w:tbl>")
  return out
end

-- Blocks --------------------------------------------------------------------------------------------------------------

local convert

-- The picture is the PNG, as wide as the text; the path of its SVG stands in its title until the document is finished.
local function png_beside(image)
  image.title, image.attributes.width = image.src, ("%.4fin"):format(text_width / INCH)
  image.src = image.src:gsub("%.svg$", ".png")
  return image
end

local function figure(element)
  local out = pandoc.Blocks { caption("figure", element.identifier, element.attributes.number, element.caption.long) }
  for _, block in ipairs(element.content:walk { Image = png_beside }) do
    local style = block.t == "Div" and "Source" or "Figure"
    out:extend(convert(block.t == "Div" and block.content or { block }, style))
  end
  return out
end

local function captioned_table(div)
  local out = pandoc.Blocks {}
  for _, block in ipairs(div.content) do
    if block.t == "Table" then
      out:insert(caption("table", div.identifier, div.attributes.number, block.caption.long))
      out:extend(data_table(block, div.attributes.summary or ""))
    else
      out:extend(convert({ block }, "Source"))
    end
  end
  return out
end

local function quick_facts(div)
  local heading, list = table.unpack(div.content)
  return pandoc.Blocks { heading } .. fact_table(list, text(heading))
end

local function list_kind(div)
  return div.classes:includes "list-of-figures" and "figure" or div.classes:includes "list-of-tables" and "table"
end

local function convert_div(div, style)
  if div.classes:includes "table" then return captioned_table(div) end
  local inside
  if div.classes:includes "quick-facts" then
    inside = quick_facts(div)
  elseif list_kind(div) then
    inside = list_of(list_kind(div), div.content[1])
  else
    local part = class_in(div, RECORD_PARTS)
    local look = part and style:gsub(" Field$", "") .. part or class_in(div, LOOKS) or class_in(div, RECORDS)
    inside = convert(div.content, look or style)
  end
  return { pandoc.Div(inside, { id = div.identifier }) }
end

-- Put every block in its style; `style` is that of plain paragraphs here.
convert = function(blocks, style)
  local out = pandoc.Blocks {}
  for _, block in ipairs(blocks) do
    if block.t == "Para" or block.t == "Plain" then
      out:insert(styled(style, { pandoc.Para(block.content) }))
    elseif LISTS[block.t] then
      out:insert(styled(LISTS[block.t], { block:walk { Plain = function(plain) return pandoc.Para(plain.content) end } }))
    elseif block.t == "BlockQuote" then
      out:extend(convert(block.content, "Quote"))
    elseif block.t == "Figure" then
      out:extend(figure(block))
    elseif block.t == "Div" then
      out:extend(convert_div(block, style))
    else
      out:insert(block)
    end
  end
  return out
end

local function masthead(meta)
  local function line(style, words) return styled(style, { pandoc.Para { pandoc.Str(words) } }) end
  local series = spoken("Series Name", { pandoc.Str(text(meta.series)) })
  local unit = pandoc.Str((text(meta.unit_mark) .. " " .. text(meta.unit)):match("^ ?(.*)"))
  local title = pandoc.Str(text(meta.title))
  if utf8.len(title.text) > LONG_TITLE then title = spoken("Long Title", { title }) end
  local out = pandoc.Blocks { line("Masthead", text(meta.organisation)),
    styled("Series", { pandoc.Para { unit, run "<w:tab/>", series } }), styled("Title", { pandoc.Para { title } }) }
  if text(meta.draft) ~= "" then out:insert(1, line("Draft Mark", text(meta.draft))) end
  if text(meta.notice) ~= "" then out:insert(line("Notice", text(meta.notice))) end
  return out
end

local function brief(document)
  local meta = document.meta
  labels = {}
  for name, words in pairs(meta.labels) do labels[name] = text(words) end
  text_width = tonumber(text(meta.text_width))
  local blocks = name_bookmarks(convert(document.blocks, "Body Text"):walk { Link = reference })
  return pandoc.Pandoc(masthead(meta) .. blocks, { lang = meta.lang })
end

local function mark_words(span)
  span.attributes["custom-style"] = class_in(span, WORD_LOOKS)
  return span
end

local function mark_code(code) return spoken("HTML Code", { pandoc.Str(code.text) }) end

local function refuse(element) error("the tree holds raw " .. element.format .. ": " .. element.text:sub(1, 60)) end

return {
  { RawInline = refuse, RawBlock = refuse },
  { Span = mark_words, Code = mark_code },
  { Pandoc = brief },
}
