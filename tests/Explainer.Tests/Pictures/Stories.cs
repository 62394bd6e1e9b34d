using Platform.Explainer.Wording;

namespace Platform.Explainer.Tests.Pictures;

/// <summary>Explanations to tell and to draw.</summary>
internal static class Stories
{
    public static readonly Story Credit = new()
    {
        Model = "credit",
        Version = "2",
        Output = "bad",
        Method = "permutation",
        Prediction = 0.72,
        Base = 0.3,
        BackgroundSource = "reference",
        BackgroundRows = 100,
        Parts =
        [
            new("checking_status", "<0", 0.21, 0.012), new("duration", "48", 0.16, 0.009), new("credit_history", "critical/other existing credit", -0.07, 0.008),
            new("purpose", "new car", 0.05, 0.01), new("credit_amount", "7582", 0.08, 0.011), new("savings_status", ">=1000", -0.05, 0.007),
            new("employment", "unemployed", 0.031, 0.006), new("installment_commitment", "2", -0.012, 0.004), new("age", "31", 0.01, 0.004),
            new("housing", "for free", 0.006, 0.003), new("existing_credits", "1", 0.004, 0.002), new("job", "high qualif/self emp/mgmt", -0.003, 0.002),
            new("own_telephone", "yes", 0.002, 0.002), new("foreign_worker", "yes", 0.001, 0.001), new("num_dependents", "1", 0.001, 0.001),
            new("property_magnitude", "no known property", 0, 0),
        ],
    };

    /// <summary>Part of what this one is made of is not told by its parts.</summary>
    public static readonly Story Occluded = new()
    {
        Model = "price",
        Version = "1",
        Output = "price",
        Method = "occlusion",
        Prediction = 1200,
        Base = 4520,
        BackgroundSource = "request",
        BackgroundRows = 1,
        Parts = [new("rooms", "1", -2100, null), new("area", "", -900.5, null), new("garden", "yes", 400, null)],
    };

    public static readonly Story Spam = Text("spam", "spam", 0.97, 0.31,
        ("Dear", 0.01), ("friend,", 0.06), ("get", 0.02), ("FREE", 0.21), ("money", 0.18), ("now", 0.07), ("&", 0.001), ("click", 0.1), ("<here>", 0.05),
        ("before", -0.01), ("our", -0.002), ("meeting", -0.05), ("on", 0), ("Monday", -0.03), ("at", 0), ("ten", -0.009), ("in", 0), ("the", -0.01), ("office", 0.06), ("bye", 0.01));

    public static readonly Story Poem = Text("poems", "李白", 0.83, 0.25,
        ("床", 0.05), ("前", 0.02), ("明", 0.14), ("月", 0.23), ("光，", 0.05), ("疑", -0.02), ("是", 0.01), ("地", -0.03), ("上", 0.01), ("霜。", 0.12));

    /// <summary>Six by eight pixels, a bright diagonal.</summary>
    public static readonly Story Image = new()
    {
        Model = "fashion",
        Version = "1",
        Output = "Trouser",
        Method = "permutation",
        Prediction = 0.9,
        Base = 0.1,
        BackgroundSource = "reference",
        BackgroundRows = 20,
        Shape = [1, 6, 8],
        Parts = [.. Enumerable.Range(0, 48).Select(at => (Row: at / 8, Column: at % 8)).Select(pixel => new StoryPart(
            $"x[0,{pixel.Row},{pixel.Column}]", "0", pixel.Row == pixel.Column ? 0.15 : pixel.Column - pixel.Row == 2 ? -0.05 : pixel.Row == 5 ? 0.0175 : 0, 0.01)
            {
                Number = 255 - (40 * Math.Abs(pixel.Row - pixel.Column)),
            })],
    };

    /// <summary>Names that markup, rules of scripts, or the room there is could break.</summary>
    public static readonly Story Hostile = Credit with
    {
        Model = "<script>alert(1)</script>",
        Output = "\"quoted\" & 'single' \u0007 bell",
        Parts =
        [
            new("</title></svg><script>", "]]>", 0.4, null), new(new string('W', 300), new string('漢', 300), -0.2, null), new("emoji 👩‍👩‍👧 \ud83d", "مرحبا", 0.12, null),
            new("", "", 0.1, null),
        ],
    };

    public static readonly Story Flat = Credit with { Prediction = 0.3, Parts = [new("a", "1", 0, 0), new("b", "2", 0, 0)] };

    private static Story Text(string model, string output, double prediction, double start, params (string Word, double Share)[] words) => new()
    {
        Model = model,
        Version = "1",
        Output = output,
        Method = "exact",
        Prediction = prediction,
        Base = start,
        BackgroundSource = "masked_text",
        BackgroundRows = 1,
        IsText = true,
        Parts = [.. words.Select(word => new StoryPart(word.Word, null, word.Share, null))],
    };
}
