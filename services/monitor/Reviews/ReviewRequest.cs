using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Platform.Hosting.OpenApi;
using Platform.Monitor.Inspection;
using Platform.Monitor.Sampling;

namespace Platform.Monitor.Reviews;

/// <summary>What a person says of a row that waits.</summary>
internal sealed record ReviewRequest
{
    /// <summary>What is right: a class, by name or number, or a number. It counts as ground truth.</summary>
    [Required, JsonShape(JsonShapeAttribute.Scalar)]
    public JsonElement Label { get; init; }

    /// <summary>Anything else, for the record.</summary>
    public string? Comment { get; init; }
}

/// <summary>A row that waits for a label.</summary>
internal sealed record ReviewAnswer
{
    /// <summary>The row's id, under which it is labelled.</summary>
    public string Id { get; init; } = "";

    public string Model { get; init; } = "";

    /// <summary>The version that answered.</summary>
    public string Version { get; init; } = "";

    /// <summary>Why it waits.</summary>
    [OneOf(typeof(ReviewReason))]
    public string Reason { get; init; } = "";

    /// <summary>The same in a sentence.</summary>
    public string Detail { get; init; } = "";

    /// <summary>When the request came in.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What was asked and answered; null once the prediction log no longer keeps it.</summary>
    public RowAnswer? Prediction { get; init; }

    /// <summary>The classes that a label can name; null where any number can be one.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Where an explanation is asked for, with <c>{"predictionId":…}</c>.</summary>
    public string Explanation { get; init; } = "";
}
