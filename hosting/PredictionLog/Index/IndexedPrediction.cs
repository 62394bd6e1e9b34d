namespace Platform.Hosting.PredictionLog.Index;

/// <summary>What the index knows of a prediction without reading its record.</summary>
/// <param name="Id">The prediction id.</param>
/// <param name="Position">Where its record lies.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version that answered or refused; empty where there was none.</param>
/// <param name="Time">When its request came in.</param>
public readonly record struct IndexedPrediction(string Id, LogPosition Position, string Model, string Version, DateTimeOffset Time);
