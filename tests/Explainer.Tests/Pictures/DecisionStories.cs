using Platform.Explainer.Wording;

namespace Platform.Explainer.Tests.Pictures;

/// <summary>Decisions to tell and to draw.</summary>
internal static class DecisionStories
{
    public static readonly ChangeStory Credit = new()
    {
        Model = "credit", Version = "2", Now = new("bad", "bad", 0.72), Evaluations = 18_211,
        Ways =
        [
            new(new("good", "good", 0.508), 1.27, [new("duration", "48", "30", -1)]),
            new(new("good", "good", 0.531), 2.41, [new("checking_status", "<0", ">=200", 0), new("credit_amount", "7582", "6120", -1)]),
            new(new("good", "good", 0.55), 3.2, [new("savings_status", "", "500<=X<1000", 0), new("duration", "48", "42", -1), new("residence_since", "1", "3", 1)]),
        ],
    };

    public static readonly ChangeStory Nothing = Credit with { Ways = [] };

    /// <summary>Names that markup or the room there is could break, more ways and features than are shown.</summary>
    public static readonly ChangeStory Hostile = new()
    {
        Model = "<script>alert(1)</script>", Version = "1", Now = new(new string('W', 200), "\"x\" & 'y' \u0007", 1.23456789e-12), Evaluations = 5,
        Ways = [.. Enumerable.Range(1, 7).Select(way => new Way(new(null, "y", way * 12345.678), way, [.. Enumerable.Range(0, 4 * way).Select(at =>
            new Change(at == 0 ? new string('漢', 90) : $"</svg>{at}", new string('W', 60), at % 2 == 0 ? "emoji 👩‍👩‍👧 \ud83d" : new string('漢', 40), (at % 3) - 1))]))],
    };

    public static readonly RuleStory Rule = new()
    {
        Model = "credit", Version = "2", Now = new("bad", "bad", 0.72), Precision = 0.971, PrecisionLow = 0.951, PrecisionHigh = 0.985, Coverage = 0.124, IsReached = true,
        Conditions = [new("checking_status", "<0", null, null), new("duration", null, 24, null), new("credit_amount", null, 3972, 7966.5), new("savings_status", "", null, null)],
    };

    public static readonly RuleStory Always = Rule with { Conditions = [], Precision = 1, PrecisionHigh = 1, Coverage = 1 };

    public static readonly RuleStory Short = Rule with { IsReached = false, Precision = 0.8, PrecisionLow = 0.61, Range = (null, 1500.5, false), Now = new(null, "price", 1812) };

    public static readonly RuleStory HostileRule = Rule with
    {
        Model = "<script>", Now = new("]]>", "", 1), Precision = 0, PrecisionLow = 0, PrecisionHigh = 1,
        Conditions = [.. Enumerable.Range(0, 30).Select(at => new Condition(new string('W', 90), at % 2 == 0 ? new string('漢', 90) : null, -1e300, 1e-300))],
    };
}
