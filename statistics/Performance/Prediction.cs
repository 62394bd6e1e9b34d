using Platform.Statistics.Samples;

namespace Platform.Statistics.Performance;

/// <summary>What a model said of one row.</summary>
/// <param name="Class">The class that it decided for; null unless it classifies.</param>
/// <param name="Score">Of two classes the positive one's score, of several the highest; NaN where the model gives none.</param>
/// <param name="Value">The number that it predicts; NaN unless it predicts one.</param>
public readonly record struct Prediction(string? Class, double Score, ExactNumber Value)
{
    /// <summary>Nothing that could be compared with a label.</summary>
    public static readonly Prediction None = new(null, double.NaN, double.NaN);

    /// <summary>Whether there is anything to compare with a label.</summary>
    public bool IsKnown => Class is not null || !double.IsNaN(Value.High);

    /// <summary>Whether another says the same: the same class, or a number that is no further away than the tolerance.</summary>
    public bool IsSameAs(Prediction other, double tolerance) =>
        Class is not null ? Class == other.Class : Math.Abs(Value.Less(other.Value)) <= tolerance;

    public static Prediction Of(string? decided, double score = double.NaN) => new(decided, score, double.NaN);

    public static Prediction Of(ExactNumber value) => new(null, double.NaN, value);
}
