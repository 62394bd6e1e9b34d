using Platform.Hosting.OpenApi;
using Platform.Hosting.Values;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Sampling;

/// <summary>A row that waits for a person to label it, as it is stored.</summary>
internal sealed record ReviewItem
{
    /// <summary>Grows with every item: the order in which they came.</summary>
    public long Number { get; init; }

    /// <summary>The row: id, or id:row of a request of several rows.</summary>
    public string PredictionId { get; init; } = "";

    public string Model { get; init; } = "";

    /// <summary>The version that answered.</summary>
    public string Version { get; init; } = "";

    /// <summary>Why it waits.</summary>
    [OneOf(typeof(ReviewReason))]
    public string Reason { get; init; } = "";

    /// <summary>The same in a sentence.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The class or the number that the version answered; null where that is not known.</summary>
    public string? Answer { get; init; }

    /// <summary>When the request came in.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What a version said, as it is kept to be held against a label.</summary>
    public static string? AnswerOf(Prediction said) => said.Class ?? (said.Value.IsFinite ? ScalarText.Of(said.Value.High) : null);
}

/// <summary>Why a row waits for a label.</summary>
internal static class ReviewReason
{
    public const string Anomalous = "anomalous";
    public const string Uncertain = "uncertain";
    public const string Disagreeing = "disagreeing";
    public const string Random = "random";
}
