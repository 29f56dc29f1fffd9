"""Figures and dates: value, unit, bound, what is counted, period, kind; and what is no figure."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.date_meaning import interval
from analysis.dates import find_dates
from analysis.number_words import find_numbers

DAY = date(2025, 2, 27)  # a Thursday


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10,000", 10_000),
        ("1.2 million", 1_200_000),
        ("5.4bn", 5.4e9),
        ("3m", 3e6),
        ("two hundred and ten", 210),
        ("one hundred twenty-five thousand", 125_000),
        ("a dozen", 12),
        ("two dozen", 24),
        ("half a million", 500_000),
        ("half-dozen", 6),
        ("a third of a million", 1e6 / 3),
        ("a quarter of a million", 250_000),
        ("two-thirds of a billion", 2e9 / 3),
        ("a quarter-million", 250_000),
        ("2million", 2e6),
        ("two and a half million", 2.5e6),
        ("a hundred", 100),
        ("two-thirds", 2 / 3),
        ("three-quarters", 0.75),
        ("one in five", 0.2),
        ("nine out of 10", 0.9),
        ("hundreds", 100),
        ("tens of thousands", 10_000),
        ("hundreds of millions", 1e8),
        ("several thousand", 2000),
        ("twenty-first", 21),
        ("21st", 21),
        ("No. 2", 2),
        ("twice", 2),
    ],
)
def test_number_words(text, value):
    [found] = find_numbers(text)
    assert (found.start, found.end) == (0, len(text))
    assert found.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Thursday", "2025-02-27"),
        ("Friday", "2025-02-21"),
        ("last Thursday", "2025-02-20"),
        ("next Tuesday", "2025-03-04"),
        ("early Tuesday", "2025-02-25"),
        ("Friday at 5 p.m.", "2025-02-21"),
        ("Friday at 10.40am", "2025-02-21"),
        ("Tuesday morning", "2025-02-25"),
        ("today", "2025-02-27"),
        ("Yesterday", "2025-02-26"),
        ("last night", "2025-02-26"),
        ("this week", "2025-02-24/2025-03-02"),
        ("last week", "2025-02-17/2025-02-23"),
        ("over the weekend", "2025-02-22/2025-02-23"),
        ("Last month", "2025-01"),
        ("earlier this month", "2025-02-01/2025-02-27"),
        ("the end of last month", "2025-01-21/2025-01-31"),
        ("the end of the year", "2025-09-01/2025-12-31"),
        ("last year", "2024"),
        ("two years ago", "2023"),
        ("three days ago", "2025-02-24"),
        ("Three and a half years ago", "2021"),
        ("a decade ago", "2015"),
        ("the past two weeks", "2025-02-13/2025-02-27"),
        ("within a year", "2025-02-27/2026-02-27"),
        ("last September", "2024-09"),
        ("January", "2025-01"),
        ("Sept. 11", "2024-09-11"),
        ("March 3", "2025-03-03"),  # within two weeks: the coming one
        ("Sept. 11, 2012", "2012-09-11"),
        ("11 September 2012", "2012-09-11"),
        ("Jan. 3-5", "2025-01-03/2025-01-05"),
        ("2025-02-27", "2025-02-27"),
        ("January 2010", "2010-01"),
        ("mid-May", "2024-05-11/2024-05-21"),
        ("February’s first week", "2025-02-01/2025-02-07"),
        ("the early days of February", "2025-02-01/2025-02-10"),
        ("late 2016", "2016-08-31/2016-12-31"),
        ("2036", "2036"),
        ("2013-15", "2013-01-01/2015-12-31"),
        ("the 1990s", "1990-01-01/1999-12-31"),
        ("the 20th century", "1901-01-01/2000-12-31"),
        ("the spring of 2012", "2012-03-01/2012-05-31"),
        ("the first quarter of 2015", "2015-01-01/2015-03-31"),
        ("last summer", "2024-06-01/2024-08-31"),
        ("two days later", ""),
        ("the next day", ""),
        ("Feb. 30", ""),
    ],
)
def test_dates(text, meaning):
    [found] = find_dates(text, DAY)
    assert (found.start, found.end) == (0, len(text))
    assert interval(found.first, found.last) == meaning


@pytest.mark.parametrize("text", ["Thursday", "last year", "Sept. 11", "Last month", "March"])
def test_relative_dates_stay_open_without_a_day_of_publication(text):
    for found in find_dates(f"in {text}", None):
        assert found.first is None


@pytest.mark.parametrize(
    "text",
    [
        "They march on Washington",
        "They may go",
        "Black Friday sales",
        "on Sundays",
        "every Tuesday",
        "a second chance",
    ],
)
def test_no_dates(text):
    assert find_dates(text, DAY) == []


def read(tell, text, **columns):
    """Rows of one article as (text, value, unit, comparator), figures before dates."""
    table = an.numbers(tell(text, **columns))
    return [
        (row.text, None if np.isnan(row.value) else row.value, row.unit, row.comparator)
        for row in table[table["kind"] != "date"].itertuples()
    ]


FIGURES = [
    ("The company lost $1.2 billion.", [("$1.2 billion", 1.2e9, "USD", "=")]),
    ("The club paid £3m for him.", [("£3m", 3e6, "GBP", "=")]),
    ("It costs 20 euros now.", [("20 euros", 20, "EUR", "=")]),
    ("They spent tens of thousands of dollars.",
     [("tens of thousands of dollars", 10_000, "USD", ">")]),
    ("More than 10,000 soldiers were sent.", [("More than 10,000", 10_000, "person", ">")]),
    ("The number surpasses 1,000 troops.", [("surpasses 1,000", 1000, "person", ">")]),
    ("At least 30 people died.", [("At least 30", 30, "person", ">=")]),
    ("No fewer than 12 houses burned.", [("No fewer than 12", 12, "", ">=")]),
    ("Up to 250 people may lose work.", [("Up to 250", 250, "person", "<=")]),
    ("Fewer than 40 people came.", [("Fewer than 40", 40, "person", "<")]),
    ("About 50 people came.", [("About 50", 50, "person", "~")]),
    ("Some 200 protesters came.", [("Some 200", 200, "person", "~")]),
    ("They want 500 or more buses.", [("500 or more", 500, "", ">=")]),
    ("A dozen or so people left.", [("A dozen or so", 12, "person", "~")]),
    ("He would accept nothing less than $5.7 billion.",
     [("nothing less than $5.7 billion", 5.7e9, "USD", ">=")]),
    ("Support fell to 21 percent of voters.", [("21 percent", 21, "%", "=")]),
    ("Support fell to 21% of voters.", [("21%", 21, "%", "=")]),
    ("Two-thirds of the members agreed.", [("Two-thirds", 2 / 3, "share", "=")]),
    ("Half of the voters agreed.", [("Half", 0.5, "share", "=")]),
    ("They walked 12 miles.", [("12 miles", 12, "mile", "=")]),
    ("The hearing lasted about 50 minutes.", [("about 50 minutes", 50, "minute", "~")]),
    ("He is a five-term congressman.", [("five-term", 5, "term", "=")]),
    ("It was the third consecutive loss.", [("third", 3, "ordinal", "=")]),
    ("He won the election twice.", [("twice", 2, "time", "=")]),
    ("They changed only one word.", [("one", 1, "", "=")]),
    ("They found a 250kg bomb.", [("250kg", 250, "kg", "=")]),
    ("It weighs 2.5kg.", [("2.5kg", 2.5, "kg", "=")]),
    ("He ran 5km.", [("5km", 5, "km", "=")]),
    ("Winds of 30mph blew.", [("30mph", 30, "mph", "=")]),
    ("It can reach 100km/h.", [("100km/h", 100, "km per hour", "=")]),
    ("A 122mm rocket was used.", [("122mm", 122, "mm", "=")]),
    ("They raised $5mm.", [("$5mm", 5e6, "USD", "=")]),
    ("The £2million bounty stands.", [("£2million", 2e6, "GBP", "=")]),
    ("The deal is worth 2bn.", [("2bn", 2e9, "", "=")]),
    ("The deal is worth $1.1 bn.", [("$1.1 bn", 1.1e9, "USD", "=")]),
    ("He bought three-quarters of a million shares.",
     [("three-quarters of a million", 750_000, "", "=")]),
    ("A third of the voters agreed.", [("A third", 1 / 3, "share", "=")]),
    ("The plane came over twice.", [("twice", 2, "time", "=")]),
    ("It is more than twice the size of London.", [("more than twice", 2, "time", ">")]),
    ("It costs over twice the price.", [("over twice", 2, "time", ">")]),
    ("They handed over two suspects.", [("two", 2, "person", "=")]),
    ("They questioned over 20 suspects.", [("over 20", 20, "person", ">")]),
    ("The army sent up to 250 soldiers.", [("up to 250", 250, "person", "<=")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_figures(tell, text, expected):
    assert read(tell, text) == expected


@pytest.mark.parametrize(
    ("text", "value", "upper", "unit"),
    [
        ("Between 10 and 15 people came.", 10, 15, "person"),
        ("They want 10 to 15 buses.", 10, 15, ""),
        ("They want 10–15 buses.", 10, 15, ""),
        ("It costs $10 to $15.", 10, 15, "USD"),
        ("It costs 10-15 million euros.", 1e7, 1.5e7, "EUR"),
        ("She won by a 134-to-63 vote.", 134, 63, "vote"),
        ("She won, 134 to 63, in a vote.", 134, 63, ""),
        ("Growth of 5 to 7 percent is expected.", 5, 7, "%"),
        ("Two or three people came.", 2, 3, "person"),
    ],
)
def test_ranges_and_scores_are_one_row(tell, text, value, upper, unit):
    table = an.numbers(tell(text))
    assert table[["value", "upper", "unit"]].values.tolist() == [[value, upper, unit]]


def test_a_change_from_one_figure_to_another_is_no_range(tell):
    table = an.numbers(tell("The share rose from 5 to 7 percent."))
    assert table["value"].tolist() == [5, 7]


# each trap with the like that is a figure
TRAPS = [
    ("1. Redeployment to the front\n\nThe text follows here today.", "He bought 1.5 houses."),
    ("Under Section 8 the rule holds.", "Under 8 sections the rule holds."),
    ("A Boeing 737 landed.", "They ordered 737 jets."),
    ("The G7 met.", "The 7 leaders met."),
    ("An F-16 crashed.", "They lost 16 jets."),
    ("Covid-19 spread.", "19 patients died."),
    ("The meeting ended at 3 p.m.", "The meeting lasted 3 hours."),
    ("It began at 5:30.", "It took 5.3 hours."),
    ("The bomb hit at 10.40am.", "The bomb cost 10.40 euros."),
    ("The launch was at 10:42.", "The launch cost 10,420 euros."),
    ("The 6pm train left.", "The 6km race began."),
    ("The 5G network works.", "The 5km tunnel works."),
    ("Call 202-555-0100 now.", "They made 555 calls."),
    ("One must not forget.", "Only one senator agreed."),
    ("One of them left.", "Two of them left."),
    ("They talk one-on-one.", "They wrote a one-page note."),
    ("He invoked the Fifth Amendment.", "He offered the fifth amendment."),
    ("The first lady spoke.", "The third speaker spoke."),
    ("He is thinking twice.", "He spoke twice."),
    ("A second later he fell.", "His second term began."),
    ("The 9/11 attacks changed it.", "The 911 calls changed it."),
    ("He wrote to @user22.", "He wrote to 22 users."),
    ("She took Route 66.", "She took 66 routes."),
    ("A 501(c)(4) group paid.", "A group of 501 paid."),
]


@pytest.mark.parametrize("trap", [trap for trap, _ in TRAPS])
def test_what_is_no_figure(tell, trap):
    assert read(tell, trap) == []


@pytest.mark.parametrize("like", [like for _, like in TRAPS])
def test_what_is_a_figure(tell, like):
    assert len(read(tell, like)) == 1


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("He won the 2016 election.", ["2016"]),
        ("They sent 2000 soldiers.", []),
        ("It happened in 2012.", ["2012"]),
        ("NBC’s “Today” show aired it.", []),
        ("Trump spoke on Thursday.", ["Thursday"]),
        ("Theresa May spoke.", []),
        ("They may come in May.", ["May"]),
    ],
)
def test_dates_in_sentences(tell, text, dates):
    table = an.numbers(tell(text))
    assert table.loc[table["kind"] == "date", "text"].tolist() == dates


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("More than 10,000 North Korean soldiers were sent.", "North Korean soldiers"),
        ("Over 1,000 additional troops arrived.", "troops"),
        ("He spent $750,000 in campaign cash.", "campaign cash"),
        ("She spent $5,150 on fur capes.", "fur capes"),
        ("He won 56 percent of the vote.", "vote"),
        ("Hundreds of people came.", "people"),
        ("It is a two-year investigation.", "investigation"),
        ("A 12-nation deal is planned.", "nation"),
        ("The 76-year-old Pelosi won.", "age of Pelosi"),
        ("Nancy Pelosi, 76, won.", "age of Nancy Pelosi"),
    ],
)
def test_what_is_counted(tell, text, quantity):
    assert an.numbers(tell(text))["quantity"].tolist() == [quantity]


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("A bomb killed at least 12 people and wounded 80.", ["people killed", "injured"]),
        ("At least 14 people were killed and 140 injured.", ["people killed", "injured"]),
        ("Market blast kills 14.", ["killed"]),
        ("12 dead, 40 hurt in crash.", ["killed", "injured"]),
        ("Hospitals treated 80 wounded.", ["injured"]),
        ("The death toll rose to 14, with 140 hurt.", ["killed", "injured"]),
        ("It put the number of wounded at 140.", ["injured"]),
        ("The attack left 30 dead and dozens missing.", ["killed", "missing"]),
        ("Twelve people died and 40 more were hospitalised.", ["people killed", "hospitalised"]),
        ("The floods claimed 21 lives.", ["killed"]),
        ("About 3,000 of them have been killed or wounded.", ["killed or injured"]),
        ("The number of deaths has reached 94.", ["killed"]),
        ("Police arrested 14 protesters; another six were detained.",
         ["protesters arrested", "arrested"]),
        ("Rebels killed 4 and captured 9.", ["killed", "captured"]),
        ("12 soldiers killed four civilians.", ["soldiers", "civilians killed"]),
        ("Three soldiers were among the dead.", ["soldiers"]),
        ("Two men were not injured.", ["men"]),
        ("Of the 40 injured, six are in intensive care.", ["injured", ""]),
    ],
)  # fmt: skip
def test_what_befell_the_persons_counted(tell, text, quantities):
    table = an.numbers(tell(text))
    assert table["quantity"].tolist() == quantities
    counted = table[table["quantity"] != ""]
    assert set(counted["unit"]) == {"person"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Over 1,000 additional troops arrived.", "increment"),
        ("Another 600 people arrived.", "increment"),
        ("Two more people arrived.", "increment"),
        ("Prices rose by 5 percent.", "increment"),
        ("Prices rose 5 percent.", "increment"),
        ("A 5 percent increase is planned.", "increment"),
        ("More than 1,000 troops arrived.", "total"),
        ("Prices rose to 5 euros.", "total"),
    ],
)
def test_total_or_increment(tell, text, kind):
    assert an.numbers(tell(text))["kind"].tolist() == [kind]


def test_periods_are_resolved_where_the_date_is_known(tell):
    text = "More than 10,000 soldiers were sent last year."
    published = pd.Timestamp("2025-02-27")
    known = an.numbers(tell(text, published=published))
    assert known["period"].tolist() == ["last year (2024)"] * 2
    assert known["value"].tolist()[1] == (date(2024, 1, 1) - date(1970, 1, 1)).days
    unknown = an.numbers(tell(text))
    assert unknown["period"].tolist() == ["last year"] * 2
    assert np.isnan(unknown["value"].tolist()[1])


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("He spoke on Friday.", "Friday (2025-02-21)"),
        ("He will speak on Friday.", "Friday (2025-02-28)"),
        ("The vote is scheduled for Friday.", "Friday (2025-02-28)"),
        ("He is running for office in November.", "November (2025-11)"),
        ("He ran for office in November.", "November (2024-11)"),
    ],
)
def test_tense_tells_past_from_future(tell, text, meaning):
    table = an.numbers(tell(text, published=pd.Timestamp("2025-02-27")))
    assert table["period"].tolist() == [meaning]


# Published on Thursday 14 March 2024: what lies ahead, and its like that is past.
AHEAD = [
    ("The talks were put off until 3 April.", "2024-04-03"),
    ("The summit is on 3 April.", "2024-04-03"),
    ("The panel would not report before 3 April.", "2024-04-03"),
    ("Payments would start not before May.", "2024-05"),
    ("The talks had been postponed to April 3.", "2024-04-03"),
    ("The match has been moved to 3 April.", "2024-04-03"),
    ("The hearing was adjourned till 3 April.", "2024-04-03"),
    ("The report is due by 3 April.", "2024-04-03"),
    ("The judge set the sentencing for 28 June at 2 p.m.", "2024-06-28"),
    ("The judge set the date on 28 June.", "2023-06-28"),
    ("Talks set for 3 April.", "2024-04-03"),
    ("Talks to resume on 3 April.", "2024-04-03"),
    ("The talks were to begin on 3 April.", "2024-04-03"),
    ("The talks began on 3 April.", "2023-04-03"),
    ("The talks were scheduled for 20 February.", "2024-02-20"),
    ("Trains will be cheaper starting 3 April.", "2024-04-03"),
    ("The tax applies from 3 April on.", "2024-04-03"),
    ("The ban takes effect on 3 April.", "2024-04-03"),
    ("The ban took effect on 3 April.", "2023-04-03"),
    ("The bridge is closed until 3 April.", "2024-04-03"),
    ("He was prime minister until December.", "2023-12"),
    ("The court ordered him to pay by 3 April.", "2024-04-03"),
    ("He had resigned by 3 April.", "2023-04-03"),
    ("It was expected to open in September.", "2024-09"),
    ("It was opened in September.", "2023-09"),
    ("They planned to strike in February.", "2024-02"),
    ("They plan to strike in December.", "2024-12"),
    ("They planned the raid in May.", "2023-05"),
    ("The mayor hopes to reopen the bridge in April.", "2024-04"),
    ("He said the law may change in May.", "2024-05"),
    ("He is believed to have died in May.", "2023-05"),
    ("He was arrested on 3 April.", "2023-04-03"),
    ("Prices have fallen since 3 April.", "2023-04-03"),
    ("The Nov. 5 election will be close.", "2024-11-05"),
    ("The Oct. 7 attack will be remembered.", "2023-10-07"),
    ("The victims of the flood in July are still waiting.", "2023-07"),
    ("The voters of the town are waiting for July.", "2024-07"),
    ("He denies rigging the vote in May.", "2023-05"),
    ("She was due to speak on Tuesday.", "2024-03-12"),
    ("She was due to speak on Monday.", "2024-03-18"),
    ("She spoke on Monday.", "2024-03-11"),
    ("He has lived there since the beginning of the year.", "2024-01-01/2024-03-14"),
    ("He will rest at the beginning of the year.", "2024-01-01/2024-05-02"),
    ("The data will be published within 48 hours.", "2024-03-14/2024-03-16"),
    ("Two men died in the past 48 hours.", "2024-03-12/2024-03-14"),
]


@pytest.mark.parametrize(("text", "meaning"), AHEAD)
def test_what_lies_ahead_of_the_publication(tell, text, meaning):
    table = an.numbers(tell(text, published=pd.Timestamp("2024-03-14")))
    periods = table.loc[table["kind"] == "date", "period"].tolist()
    assert [period.rsplit("(", 1)[1].rstrip(")") for period in periods] == [meaning]


@pytest.mark.parametrize(
    ("text", "comparator"),
    [("It will not open before May.", "<"), ("It will open not before May.", ">=")],
)
def test_bounds_of_dates(tell, text, comparator):
    assert an.numbers(tell(text))["comparator"].tolist() == [comparator]


def test_voice_and_speaker_columns(tell):
    table = an.numbers(tell("“We lost 30 houses,” the mayor said. Fire took 12 barns."))
    assert table["voice"].tolist() == ["quoted", "own"]


def test_seeds(seeds):
    table = an.numbers(seeds)
    an.schema.check_trace(table, seeds.articles)
    first = table[table["article"] == seeds.ids[0]]
    assert "over 10,000" in set(first["text"])
    assert first.loc[first["text"] == "over 10,000", "period"].tolist() == ["last year (2024)"]
    second = table[table["article"] == seeds.ids[1]]
    additional = second[second["text"] == "over 1,000"]
    assert set(additional["kind"]) == {"increment"}
    assert "February’s first week" in set(second["text"])
    # "1. Redeployment to Kursk Frontline": list numbers are no figures
    headings = seeds.sentences_of(seeds.ids[0]).query("part == 'heading'")["sentence"]
    assert not set(first["sentence"]) & set(headings)


@pytest.mark.parametrize("text", ["#", "No figures stand here.", "1.", "( )"])
def test_articles_without_figures(tell, text):
    table = an.numbers(tell(text, "Nothing here."))
    assert table.empty
    assert table.columns.tolist() == an.schema.NUMBERS.names


def test_offsets_after_a_stamp_bom_and_emoji(tell):
    story = tell("date 2025-02-27 😀 Café: 1,000 people came.\r\n\r\nThen 20 % left on Monday.")
    table = an.numbers(story)
    an.schema.check_trace(table, story.articles)
    assert table["text"].tolist() == ["1,000", "20 %", "Monday"]


def test_the_speaker_comes_from_the_attributions(tell):
    story = tell("“We lost 30 houses,” the mayor said. Fire took 12 barns.")
    said = pd.DataFrame({"article": ["a"], "speaker": ["the mayor"], "content_spans": [[(0, 20)]]})
    table = an.numbers(story, attributions=said)
    assert table["speaker"].tolist() == ["the mayor", ""]
