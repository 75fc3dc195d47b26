"""Small IDML files, made from their parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACE = 'xmlns:idPkg="http://ns.adobe.com/AdobeInDesign/idml/1.0/packaging" DOMVersion="16.0"'
NORMAL = "ParagraphStyle/$ID/NormalParagraphStyle"
WIDTH, HEIGHT = 400.0, 600.0


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def rectangle(left: float, top: float, right: float, bottom: float) -> str:
    """Return the outline of a rectangle in spread coordinates: the origin is the centre of the page."""
    x, y = WIDTH / 2, HEIGHT / 2
    corners = [(left, top), (left, bottom), (right, bottom), (right, top)]
    return outline([(px - x, py - y) for px, py in corners])


def outline(points: list[tuple[float, float]], *, is_open: bool = False) -> str:
    """Return a path of straight lines."""
    written = "".join(
        f'<PathPointType Anchor="{x} {y}" LeftDirection="{x} {y}" RightDirection="{x} {y}"/>'
        for x, y in points
    )
    return (
        f'<PathGeometry><GeometryPathType PathOpen="{str(is_open).lower()}"><PathPointArray>{written}'
        "</PathPointArray></GeometryPathType></PathGeometry>"
    )


def item(kind: str, identifier: str, path: str, inside: str = "", **attributes: object) -> str:
    """Return a page item."""
    values = {"ItemTransform": "1 0 0 1 0 0", "ItemLayer": "layer", **attributes}
    written = " ".join(f'{name}="{value}"' for name, value in values.items())
    return f'<{kind} Self="{identifier}" {written}><Properties>{path}</Properties>{inside}</{kind}>'


def paragraph(text: str, style: str = NORMAL, character: str = "", **attributes: object) -> str:
    """Return a paragraph range of one run, which ends the paragraph."""
    local = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    return (
        f'<ParagraphStyleRange AppliedParagraphStyle="{style}"><CharacterStyleRange'
        f' AppliedCharacterStyle="{character}" {local}><Content>{text}</Content><Br/>'
        "</CharacterStyleRange></ParagraphStyleRange>"
    )


def story(identifier: str, content: str, preference: str = "") -> str:
    """Return the part of a story."""
    inner = f'<Story Self="{identifier}">{preference}{content}</Story>'
    return f"{HEAD}<idPkg:Story {NAMESPACE}>{inner}</idPkg:Story>"


def spread(
    identifier: str, items: str, *, master: str = "n", kind: str = "Spread", **page: object
) -> str:
    """Return the part of a spread with one page; `page` are attributes of the page."""
    values = {
        "GeometricBounds": f"0 0 {HEIGHT} {WIDTH}",
        "ItemTransform": f"1 0 0 1 {-WIDTH / 2} {-HEIGHT / 2}",
        "Name": "1",
        "AppliedMaster": master,
        **page,
    }
    written = " ".join(f'{name}="{value}"' for name, value in values.items())
    margins = '<MarginPreference ColumnCount="3" ColumnGutter="20" Top="40" Bottom="60" Left="30" Right="30"/>'
    inner = (
        f'<{kind} Self="{identifier}" Name="A-Master" ShowMasterItems="true">'
        f'<Page Self="{identifier}page" {written}>{margins}</Page>{items}</{kind}>'
    )
    return f"{HEAD}<idPkg:{kind} {NAMESPACE}>{inner}</idPkg:{kind}>"


STYLES = (
    '<ParagraphStyle Self="ParagraphStyle/$ID/[No paragraph style]" Name="$ID/[No paragraph style]"'
    ' FontStyle="Regular" PointSize="12" FillColor="Color/Black" FillTint="-1" Justification="LeftAlign"'
    ' AppliedLanguage="$ID/English: USA" Hyphenation="false" AutoLeading="120" Capitalization="Normal"'
    ' Position="Normal" Underline="false" StrikeThru="false" Tracking="0" BaselineShift="0">'
    '<Properties><Leading type="enumeration">Auto</Leading>'
    '<AppliedFont type="string">Source Serif 4</AppliedFont></Properties></ParagraphStyle>'
    f'<ParagraphStyle Self="{NORMAL}" Name="$ID/NormalParagraphStyle"><Properties>'
    '<BasedOn type="string">$ID/[No paragraph style]</BasedOn></Properties></ParagraphStyle>'
)
COLOURS = (
    '<Color Self="Color/Black" Model="Process" Space="CMYK" ColorValue="0 0 0 100" Name="Black"/>'
    '<Color Self="Color/Paper" Model="Process" Space="CMYK" ColorValue="0 0 0 0" Name="Paper"/>'
    '<Color Self="Color/Sea" Model="Process" Space="CMYK" ColorValue="80 20 0 10" Name="Deep Sea"/>'
)


def document(
    spreads: Mapping[str, str] | str,
    *,
    stories: Mapping[str, str] | None = None,
    styles: str = "",
    colours: str = "",
    masters: Mapping[str, str] | None = None,
    layers: str = '<Layer Self="layer" Name="Layer 1" Visible="true" Printable="true"/>',
    settings: str = "",
    preference: str = "",
) -> bytes:
    """Return an IDML file; `spreads` are its parts by identifier, or the items of its only page."""
    pages = {"s1": spread("s1", spreads)} if isinstance(spreads, str) else dict(spreads)
    parts: dict[str, str] = {}
    references = []
    for kind, folder, found in (
        ("MasterSpread", "MasterSpreads", masters or {}),
        ("Spread", "Spreads", pages),
        ("Story", "Stories", stories or {}),
    ):
        for name, text in found.items():
            path = f"{folder}/{kind}_{name}.xml"
            parts[path] = text
            references.append(f'<idPkg:{kind} src="{path}"/>')
    parts |= {
        "Resources/Graphic.xml": _resource("Graphic", COLOURS + colours),
        "Resources/Styles.xml": _resource("Styles", STYLES + styles),
        "Resources/Preferences.xml": _resource(
            "Preferences",
            f'<DocumentPreference PageHeight="{HEIGHT}" PageWidth="{WIDTH}" FacingPages="false" {preference}/>',
        ),
    }
    resources = "".join(
        f'<idPkg:{name} src="Resources/{name}.xml"/>'
        for name in ("Graphic", "Styles", "Preferences")
    )
    design_map = f'{HEAD}<Document {NAMESPACE} Self="d">{resources}{layers}{settings}{"".join(references)}</Document>'
    return packed(
        {
            "mimetype": "application/vnd.adobe.indesign-idml-package",
            "designmap.xml": design_map,
            **parts,
        }
    )


def _resource(kind: str, content: str) -> str:
    return f"{HEAD}<idPkg:{kind} {NAMESPACE}>{content}</idPkg:{kind}>"
