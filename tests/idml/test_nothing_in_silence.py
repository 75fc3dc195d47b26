"""Everything in an InDesign file is imported or named in the report.

Each name of an element or attribute in the files that InDesign wrote is either read by the program, or is listed here with the
reason why it changes nothing on the page.
"""

from __future__ import annotations

import ast
import io
import re
import zipfile
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Tree

import pytest
import yaml
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

import brochure.idml
from brochure.api import build
from brochure.findings import has_errors
from brochure.idml.project_files import Beside, Imported, import_idml
from brochure.idml.type_losses import find_losses
from brochure.idml.type_settings import read_settings
from brochure.idml.xml_nodes import parse_nodes
from brochure.prepress.output_conditions import SCREEN
from brochure.project import MemoryProject
from tests.idml.made_idml import document, item, packed, paragraph, rectangle, spread, story

FILES = sorted((Path(__file__).parent / "files").glob("*/*.idml"))
FRAME = rectangle(30, 40, 370, 540)
DASHED = {
    "StrokeColor": "Color/Sea",
    "StrokeWeight": "2",
    "GapColor": "Color/Paper",
    "StrokeType": "StrokeStyle/$ID/Dashed",
    "StrokeDashAndGap": "3 2",
}

# Names in the files of InDesign

NOT_PRINTED_PARTS = r"(mimetype|META-INF/.*|XML/.*|Resources/(Fonts|Preferences)\.xml)"
"""Metadata, tags, the list of fonts; of the preferences, what applies to pages is read by name and tested elsewhere."""

NOT_ON_THE_PAGE = {
    "defaults of new objects, and the dialogs of InDesign": (
        r".*(Preference|Option|Options|Default|Preset|Container\w*)|TextDefault|ABullet|Assignment|BackingStory|"
        r"(Root)?\w*StyleGroup|Color(ants|Group\w*)|DataMergeOption|Swatch|PastedSmoothShade|Tags|Label|KeyValuePair|"
        r"DocumentUser|NamedGrid|TinDocumentDataObject|Expendable|UI|Show\w+|Lock\w*|Locked|\w*Constraints|\w*ChangeCount|"
        r"LocalDisplaySetting|OverriddenPageItemProps|AllowOverrides|\w*Shortcut|Imported|\w*RGB\w*|.*Policy|.*Intent|"
        r"ActiveLayer|ZeroPoint|StoryList|TrackChanges|UserText|StoryTitle|TabOrder|\w+Editable|\w+Removable|"
        r"Swatch\w+|StyleUniqueId|Split?Document|Empty\w+Styles|ConvertToHsb|ColorOverride|AccurateLABSpots|PageColor|"
        r"ApplyStyleMappings|RemoveForcedLineBreaks|Update\w+|WarnOn\w+|Include|Priority|"
        r"ApplyNextParagraphStyle|Enable\w+|PageCount|BindingLocation|PrimaryTextFrame|Descriptor|Adjust\w+|ViewThreshold|"
        r"FitToPage|GuideZone|PageIndex|GuideColor|PreviewColor|LayerColor|StrokeStyle|Length|GuideType|HyphenWeight|Alternate\w+"
    ),
    "exports other than print": (
        r"\w*(Css|EPub|HTML|Epub|Html)\w*|IncludeClass|Custom(Height|Width|Size|Layout|Image)\w*|Image(Alignment|Page|Space|"
        r"Export|Conversion)\w*|(GIF|JPEG)\w+|Use(Existing|Original|Image)\w*|SizeType|SpaceUnit|Preserve\w+|Apply?TagType|"
        r"\w*MathML\w*|\w*ActualText\w*|\w+MetadataProperty|NamespacePrefix|PropertyPath|AltTextSourceType|Page(Transition|Item)\w*|"
        r"XML\w*|Xml\w*|MarkupTag|Value|IncludeAll\w*|IncludeGraphic\w*|MetadataPacketPreference|Contents"
    ),
    "indexes, hyphenation dictionaries, text variables that are not used": (
        r"Index\w*|SectionHeader\w*|ListOfIndexHeaderGroup|\w+String|InternalName|Visibility|Language|Mapping|BuildingBlock|"
        r"CrossReferenceFormat|\w+VariablePreference|MatchParagraphStylePreference|NumberingList|Bookmark|ContinueNumbering|"
        r"Endnote(Prefix|SeparatorText|Suffix|TextStyle|Title|TitleStyle)|ScopeValue|"
        r"AppliedNumberingList|NumberingRestartPolicies|NumberingContinue|NumberingApplyRestartPolicy|ChapterNumber\w*"
    ),
    "Chinese, Japanese and Korean grids, and details of what is named (ruby, warichu, emphasis marks)": (
        r"Kenten\w+|Ruby\w+|Warichu\w+|Shatai\w+|Kinsoku\w*|Mojikumi\w*|Jidori|Tsume|\w*Aki|\w*Gyoudori|Rensuuji|BunriKinshi|"
        r"(Auto)?Tcy\w*|AutoTcy|Tatechuyoko\w+|RotateSingleByteCharacters|CharacterAlignment|GridDataInformation|CompositeFont\w*|"
        r"CjkGridTracking|OTF(HVKana|ProportionalMetrics|RomanItalics|Locale)|\w*GridDataInformation|LeadingModel|UseMasterGrid|"
        r"ScaleAffectsLineHeight|TreatIdeographicSpaceAsSpace|DiacriticPosition|[XY]OffsetDiacritic|KeyboardDirection|"
        r"ParagraphJustification|AppliedNamedGrid|GridStartingPoint|ColumnDirection|ParagraphKashidaWidth|GridAlignment|BulletsFont\w*|"
        r"AllowArbitraryHyphenation|ProviderHyphenationStyle"
    ),
    "the program chooses line breaks, drop caps, joins and trapping itself": (
        r"Composer|HyphenationZone|DropcapDetail|MiterLimit|OpticalMarginSize|Trap\w*|AppliedTrapPreset|\w*Flattener\w*|"
        r"RasterVectorBalance|MergeConsecutiveParaBorders|ParagraphBorderDisplayIfSplits|ParagraphBorderStroke\w+"
    ),
    "details of what is named or computed from the outline": (
        r"Gradient(Fill|Stroke)(Hilite\w+|Start|Length|Angle)|GradientStart|Hilite\w+|(Left|Right)ArrowHeadScale|ArrowHeadAlignment|"
        r"ColumnRule\w+|Footnotes\w+|TextFrameFootnoteOptionsObject|AutoSizingReferencePoint|UseMinimum\w+|Minimum(Height|Width)\w+|"
        r"UseNoLineBreaks\w+|VerticalThreshold|Baseline(FrameGrid\w+)|StartingOffset\w+|Anchor\w*offset|AnchorSpaceAbove|"
        r"AnchorPoint|(Vertical|Horizontal)(Alignment|ReferencePoint)|PinPosition|SpineRelative|ContourOption|Contour\w+|"
        r"FrameFittingOption|ApplyToMasterPageOnly|SplitColumn\w+|ObjectStyle\w+Settings|Transform\w+|Continuing\w+|"
        r"(Highlight|Shadow)(BlendMode|Opacity)|Altitude|Angle|ChokeAmount|Depth|Direction|Distance|Soften|Style|Technique|"
        r"FollowShapeMode|InvertEffect|UseGlobalLight|KnockedOut|HonorOtherEffects|IsolateBlending|Noise|AppliedPathName|"
        r"AutoFit|(Left|Right|Top|Bottom)Crop|Fitting\w+|Frequency|NeutralDensity|PrintInk|"
        r"IncludeInsideEdges|Index|InsetFrame|InvertPath|RestrictToFrame|Threshold|Tolerance|UseHighResolutionImage"
    ),
    "the file of a picture, which is read itself": (
        r"(Actual|Effective)Ppi|ImageTypeName|ImageIOPreference|Link(?!ResourceURI).*|Can(Embed|Package|Unembed)|AssetID|AssetURL|"
        r"Stored?State|RenditionData|(Import|Export)Policy|Profile|Space"
    ),
    "names and numbers that the name of a page has already": (
        r"BaseName|NamePrefix|PageNumberStart|SectionPrefix|IncludeSectionPrefix|PageNumberStyle|LayoutRule|OptionalPage|Snapshot\w+|"
        r"AppliedAlternateLayout|AllowPageShuffle|SpotInkAliasSpotColorReference|TOCStyle|CellStyle|TableStyle"
    ),
    "the parts of values that are read with them": (
        r"ListItem|PathPointArray|AlignmentCharacter|OpenTypeFeatures|BulletCharacterType|type|Ink|DesignAxesRange"
    ),
}


@cache
def names_that_are_read() -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the texts in the program, and an expression for those that it composes."""
    texts: set[str] = set()
    patterns: list[str] = []
    for path in Path(brochure.idml.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = (
                    re.escape(str(one.value)) if isinstance(one, ast.Constant) else r"\w+"
                    for one in node.values
                )
                joined = "".join(parts)
                if re.search("[A-Za-z]{4}", joined) and not re.search(r"\\ |\s", joined):
                    patterns.append(joined)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
    return frozenset(texts), re.compile("|".join(patterns))


def is_read(name: str) -> bool:
    texts, pattern = names_that_are_read()
    return name in texts or bool(pattern.fullmatch(name))


def is_listed(name: str) -> bool:
    return any(re.fullmatch(one, name) for one in NOT_ON_THE_PAGE.values())


def unknown_names(element: Tree.Element) -> set[str]:
    """Return the names that are neither read nor listed; what is inside of a listed element is not on the page either."""
    if not element.tag.startswith("{") and not is_read(element.tag):
        return set() if is_listed(element.tag) else {element.tag}
    names = {name for name in element.attrib if not (is_read(name) or is_listed(name))}
    return names.union(*map(unknown_names, element))


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in FILES])
def test_each_name_in_a_file_is_read_or_is_not_on_the_page(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = (one for one in archive.namelist() if one.endswith(".xml"))
        roots = [
            Tree.fromstring(archive.read(part))
            for part in parts
            if not re.fullmatch(NOT_PRINTED_PARTS, part)
        ]
    assert sorted(set().union(*map(unknown_names, roots))) == []


def test_names_that_are_not_known_are_found() -> None:
    element = Tree.fromstring('<Rectangle FillColor="a" Future="b"><Unknown/></Rectangle>')
    assert unknown_names(element) == {"Future", "Unknown"}


# Findings about omissions


def taken(items: str, beside: Beside | None = None, **keys: Any) -> Imported:
    return import_idml(document(items, **keys), "x.idml", beside or Beside())


def built(made: Imported) -> tuple[dict[str, Any], PdfReader]:
    """Return the layout of a project that builds without errors, and its PDF."""
    found = build(MemoryProject(dict(made.files)), SCREEN)
    assert not has_errors(found.findings), found.findings
    return yaml.safe_load(made.files["brochure.yaml"]), PdfReader(io.BytesIO(b"".join(found.parts)))


def messages(made: Imported) -> str:
    return "\n".join(one.message for one in made.findings)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('KeepWithPrevious="true"', "keep with the previous"),
        ('Hyphenation="true" HyphenateCapitalizedWords="false"', "capitalized words"),
        ('Hyphenation="true" HyphenateLastWord="false"', "last words"),
        ('DesiredWordSpacing="110"', "word spacing"),
        ('GridAlignment="AlignBaseline" GridAlignFirstLineOnly="true"', "first line alone"),
        (
            'SpanColumnType="SpanColumns"><Properties><SpanSplitColumnCount>2</SpanSplitColumnCount',
            "span",
        ),
        ('Underline="true" UnderlineWeight="2"', "weight of the underline"),
        ('StrikeThru="true" StrikeThroughOffset="3"', "distance of the strikethrough"),
        ('RuleAbove="true" RuleAboveLeftIndent="9"', "indent of the rule above"),
        ('RuleBelow="true" RuleBelowOverprint="true"', "overprint of the rule below"),
        (
            'ParagraphShadingOn="true" ParagraphShadingTopLeftCornerOption="RoundedCorner"',
            "corners",
        ),
        (
            'ParagraphBorderOn="true" ParagraphBorderTopLineWeight="2" ParagraphBorderLeftLineWeight="0"',
            "sides",
        ),
        (
            'BulletsAndNumberingListType="BulletList"><Properties><BulletChar BulletCharacterValue="9654"/',
            "bullet '▶'",
        ),
        ('BulletsAndNumberingListType="NumberedList" NumberingStartAt="4"', "first number"),
        (
            'BulletsAndNumberingListType="NumberedList" NumberingExpression="^#)^t"',
            "form of the number",
        ),
        ('Capitalization="CapToSmallCap"', "small caps"),
        ('Position="OTNumerator"', "numerators"),
        ('PositionalForm="Initial"', "positional"),
        ('Warichu="true"', "warichu"),
        ('KentenKind="Black"', "emphasis marks"),
        ('CharacterRotation="90"', "rotated"),
        ('AppliedConditions="Condition/A"', "conditional"),
    ],
)
def test_each_setting_of_text_is_named(settings: str, words: str) -> None:
    end = "></Properties></ParagraphStyle>" if "<Properties>" in settings else "/>"
    node = parse_nodes(f"<ParagraphStyle {settings}{end}".encode())
    assert [found for found in find_losses(read_settings(node)) if words in found]


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ('<TextPath Self="p" ItemTransform="1 0 0 1 0 0"/>', "text on a path is not taken"),
        ('<Hologram Self="h" ItemTransform="1 0 0 1 0 0"/>', "'Hologram' is not taken"),
        (item("Button", "b", FRAME), "a button is not taken"),
        (
            item(
                "TextFrame",
                "f",
                FRAME,
                '<TextFramePreference ColumnRuleOverride="true"/>',
                ParentStory="t",
            ),
            "the rule between the columns of text frame is not taken",
        ),
        (
            item(
                "TextFrame",
                "f",
                FRAME,
                '<BaselineFrameGridOption UseCustomBaselineFrameGrid="true"/>',
                ParentStory="t",
            ),
            "the baseline grid of text frame is not taken",
        ),
        (
            item("TextFrame", "f", FRAME, ParentStory="t")
            + item(
                "Oval",
                "o",
                FRAME,
                '<TextWrapPreference TextWrapMode="Contour" TextWrapSide="LeftSide"/>',
            ),
            "text wraps on one side (LeftSide) of oval",
        ),
        (
            item(
                "Rectangle",
                "r",
                FRAME,
                StrokeColor="Color/Sea",
                StrokeWeight="2",
                GapColor="Color/Paper",
                StrokeType="StrokeStyle/$ID/Dashed",
                StrokeDashAndGap="3 2",
            ),
            "gap colour of the stroke",
        ),
    ],
)
def test_each_part_of_an_object_is_named(items: str, words: str) -> None:
    made = taken(items, stories={"t": story("t", paragraph("Boats"))})
    assert words in messages(made)


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (
            "</Content><HiddenText><Content>secret</Content></HiddenText><Content>",
            "a condition hides is not taken: 'secret'",
        ),
        ("<?ACE 99?>", "special character 99"),
        ("</Content><Hologram/><Content>", "'Hologram' in text"),
    ],
)
def test_each_part_of_text_is_named(inside: str, words: str) -> None:
    frame = item("TextFrame", "f", FRAME, ParentStory="t")
    made = taken(frame, stories={"t": story("t", paragraph(f"Boats{inside} sail"))})
    assert words in messages(made)
    assert "secret" not in made.files["content/en.yaml"].decode()


def test_settings_of_the_document_are_named() -> None:
    colours = '<Ink Self="Ink/Gold" Name="Gold" ConvertToProcess="true"/>'
    made = taken("", colours=colours)
    assert "spot ink 'Gold'" in messages(made)
    page = spread("s1", "", MasterPageTransform="1 0 0 1 0 0")
    page = page.replace('ColumnCount="3"', 'ColumnCount="2" ColumnsPositions="0 100 112 340"')
    assert "different widths" in messages(import_idml(document({"s1": page}), "x.idml", Beside()))


# Imported content


def test_a_gradient_on_text_and_on_a_stroke_is_a_flat_colour() -> None:
    gradient = (
        '<Gradient Self="Gradient/Dawn" Type="Linear" Name="Dawn"><GradientStop StopColor="Color/Sea" Location="0"/>'
        '<GradientStop StopColor="Color/Paper" Location="100"/></Gradient>'
    )
    items = item("TextFrame", "f", FRAME, ParentStory="t")
    items += item("Rectangle", "r", FRAME, StrokeColor="Gradient/Dawn", StrokeWeight="2")
    text = paragraph("Boats", FillColor="Gradient/Dawn")
    made = taken(items, stories={"t": story("t", text)}, colours=gradient)
    built(made)
    assert "the gradient 'Dawn' of text is a flat colour" in messages(made)
    assert "of the stroke of rectangle is a flat colour" in messages(made)


def test_overprint() -> None:
    items = item("Rectangle", "r", FRAME, FillColor="Color/Sea", OverprintFill="true")
    made = taken(items)
    layout, _ = built(made)
    assert layout["swatches"]["deep-sea-overprint"] == "deep-sea overprint"
    assert layout["pages"][0]["frames"]["rectangle"]["background"] == "deep-sea-overprint"
    assert not made.findings


def test_a_break_goes_to_the_next_column() -> None:
    columns = '<TextFramePreference TextColumnCount="2"/>'
    text = paragraph("Boats", ParagraphBreakType="NextColumn") + paragraph("Sails")
    frame = item("TextFrame", "f", FRAME, columns, ParentStory="t")
    made = taken(frame, stories={"t": story("t", text)})
    layout, _ = built(made)
    (frame_keys,) = layout["pages"][0]["frames"].values()
    assert [next(iter(block)) for block in frame_keys["content"]] == [
        "text",
        "column-break",
        "text",
    ]
    assert not made.findings
    alone = taken(item("TextFrame", "f", FRAME, ParentStory="t"), stories={"t": story("t", text)})
    built(alone)
    assert "the text has only one" in messages(alone)


def test_a_page_of_a_placed_pdf() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, (100, 100))
    for at in range(3):
        canvas.rect(10, 10, 20 + at, 20, fill=1)
        canvas.showPage()
    canvas.save()
    pdf = (
        '<PDF Self="i" ItemTransform="1 0 0 1 -170 -260"><Properties><GraphicBounds Left="0" Top="0" Right="340"'
        ' Bottom="500"/></Properties><PDFAttribute PageNumber="3" PDFCrop="CropMedia"/>'
        '<Link LinkResourceURI="file:/map.pdf"/></PDF>'
    )
    made = taken(item("Rectangle", "r", FRAME, pdf), Beside(find=lambda name: out.getvalue()))
    layout, _ = built(made)
    (frame,) = layout["pages"][0]["frames"].values()
    assert (frame["content"]["page"], frame["content"]["box"]) == (3, "media")


def test_a_parent_page_that_is_based_on_another_and_moved() -> None:
    base = spread("base", item("Rectangle", "a", FRAME, FillColor="Color/Sea"), kind="MasterSpread")
    own = spread(
        "own",
        item("Rectangle", "b", FRAME, FillColor="Color/Black"),
        kind="MasterSpread",
        master="base",
    )
    page = spread("s1", "", master="own", MasterPageTransform="1 0 0 1 10 20")
    made = import_idml(
        document({"s1": page}, masters={"base": base, "own": own}), "x.idml", Beside()
    )
    layout, _ = built(made)
    (master,) = layout["masters"].values()
    assert [frame["background"] for frame in master["frames"].values()] == ["deep-sea", "black"]
    place = "x 14.11 mm, width 35.28 mm, y 21.17 mm, height 176.39 mm"
    assert [frame["at"] for frame in master["frames"].values()] == [
        place.replace("35.28", "119.94")
    ] * 2


def test_an_object_of_a_parent_page_on_a_higher_layer_is_in_front() -> None:
    layers = '<Layer Self="layer" Name="Back" Visible="true"/><Layer Self="front" Name="Front" Visible="true"/>'
    master = spread(
        "m",
        item("Rectangle", "a", FRAME, FillColor="Color/Black", ItemLayer="front"),
        kind="MasterSpread",
    )
    page = spread("s1", item("Rectangle", "b", FRAME, FillColor="Color/Sea"), master="m")
    made = import_idml(
        document({"s1": page}, masters={"m": master}, layers=layers), "x.idml", Beside()
    )
    layout, _ = built(made)
    assert layout["masters"]["a-master"]["frames"]["rectangle"]["layer"] == 1
    assert "layer" not in next(iter(layout["pages"][0]["frames"].values()))


@pytest.mark.parametrize(
    ("profile", "condition"),
    [
        ("Coated FOGRA39 (ISO 12647-2:2004)", None),
        ("U.S. Web Coated (SWOP) v2", "coated-swop"),
        ("PSO Uncoated ISO12647 (ECI)", "uncoated-fogra47"),
        ("PSO Coated v3", None),
    ],
)
def test_the_profile_of_the_document(profile: str, condition: str | None) -> None:
    data = document("")
    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["designmap.xml"] = parts["designmap.xml"].replace(
        b'Self="d"', f'Self="d" CMYKProfile="{profile}"'.encode()
    )
    made = import_idml(packed(parts), "x.idml", Beside())
    layout, _ = built(made)
    assert layout.get("press") == condition
    assert ("is not known" in messages(made)) == (profile == "PSO Coated v3")
