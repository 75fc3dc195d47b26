"""The messages and chart values of the brochure that every program makes: eight pages, about 700 words, two charts.

The water programme that it describes is fictional.
"""

from __future__ import annotations

MESSAGES = {
    "cover.title": "Water that stays",
    "cover.subtitle": "What twelve years of repair have taught us about wells, and about those who keep them.",
    "first.head": "A well is a promise",
    "first.a": "Most wells in the dry districts were dug by people who never came back. They were opened with speeches,"
    " photographed, and left to a village that had been given neither a spare washer nor the name of anyone who might"
    " sell one. Three years later every second pump had stopped. The water was there, a few metres below the ground,"
    " and the women walked past it to the river as they had always done.",
    "first.b": "We began with the broken ones. Before a new hole was drilled, each pump in four districts was found,"
    " numbered and looked into by someone with a spanner. The list that came of it was dull and long, and it changed"
    " everything: two thirds of the silent pumps needed a part that costs less than a meal. What had been missing was"
    " not money. It was a person whose work it was to notice.",
    "first.c": "So the programme pays for noticing. Every pump now has a keeper who lives within sight of it, a second"
    " one who can take over, and a book in which both write down what they did and when.",
    "second.head": "Keepers, and their books",
    "second.a": "A keeper is chosen by those who draw the water, and can be dismissed by them. The training takes nine"
    " days, of which one is spent on pumps and eight on everything else: how to ask for the monthly fee, how to refuse"
    " a cousin, how to keep a page that a stranger can read. Most keepers are women, since it is mostly women who lose"
    " the day when the handle comes up dry.",
    "second.b": "The books are collected twice a year and copied by hand into one table. From it we know that a leather"
    " seal lasts fourteen months in sand and thirty in clay, that handles break in the weeks of planting, and that a"
    " pump which is greased on Mondays lives longer than one which is greased when someone remembers.",
    "second.c": "None of this is clever. It is what any railway has known for a century and a half: machines are kept"
    " alive by people who are expected to write things down, and who are asked about them afterwards in a friendly voice.",
    "quote.words": "When the handle comes up heavy I know that the day is mine again.",
    "quote.by": "Keeper of pump 214, in her sixth year",
    "figures.head": "What the books say",
    "figures.lead": "Two numbers tell most of it: how many pumps give water on the day of a visit that no one announced,"
    " and how many days pass between a fault and its repair.",
    "working.title": "Pumps at work, percent",
    "days.title": "Days until a repair",
    "figures.source": "Unannounced visits to all 612 pumps of the programme, each June.",
    "third.head": "Letting go, in good order",
    "third.a": "A programme that cannot end is a new kind of dependence. From the first day each district pays a part of"
    " the cost out of its own fees, a tenth in the first year and all of it in the ninth. Four districts have reached"
    " that year. They still send us their books, because they like to see their line in the table, and we still answer"
    " their letters.",
    "third.b": "There have been failures. In one district the fees were lent to a trader and lost; in another a keeper"
    " was driven out for refusing water to a councillor. Both are described in our yearly reports, with names where those"
    " concerned agreed, since nothing teaches the next district more cheaply.",
    "third.c": "What remains to be done is mostly patience. The pumps of the eastern valleys are older than their"
    " keepers, spare parts come by bus, and the rains have moved by three weeks. No one there speaks of a project any"
    " more. They speak of the water, and of whose turn it is.",
    "close.words": "No one cuts a ribbon for a washer. That is why it was never there.",
    "close.by": "District engineer, retired",
    "back.head": "Walk with a keeper",
    "back.a": "A year of one pump costs less than a newspaper. You can take one on, read its book, and hear when it"
    " breaks as well as when it runs. Write to the office that is nearest to you, or call: someone who has held a"
    " spanner will answer.",
}
"""Messages by their keys."""

CHARTS = {
    "working": (("2014", 46), ("2017", 71), ("2020", 88), ("2023", 94)),
    "days": (("2014", 64), ("2017", 23), ("2020", 9), ("2023", 4)),
}
"""Labels and values of the bars of each chart."""

PLACES = ("Aldbrook", "Brinmere", "Carrow", "Dunfold", "Elmsay", "Farnley", "Garrick", "Hollin")
STREETS = ("Mill Lane", "Station Road", "Quay Street", "The Green", "Orchard Way")
