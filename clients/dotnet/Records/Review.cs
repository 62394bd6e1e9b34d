namespace Platform.Client.Records;

/// <summary>A prediction that waits for a person to label it.</summary>
/// <param name="Id">Its id, under which it is labelled.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version that answered.</param>
/// <param name="Reason">anomalous, uncertain, disagreeing or random.</param>
/// <param name="Detail">The same in a sentence.</param>
/// <param name="At">When the request came in.</param>
/// <param name="Prediction">What was asked and answered; null once the prediction log no longer keeps it.</param>
/// <param name="Labels">The classes that a label can name; null where any number can be one.</param>
public sealed record Review(string Id, string Model, string Version, string Reason, string Detail, DateTimeOffset At, RecordedRow? Prediction,
    IReadOnlyList<string>? Labels);
