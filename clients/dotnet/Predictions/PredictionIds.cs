namespace Platform.Client.Predictions;

/// <summary>Ids of predictions: a request that is sent twice is computed and recorded twice, under one.</summary>
internal static class PredictionIds
{
    public const string Header = "x-prediction-id";
    public const string VersionHeader = "x-model-version";

    public static string New() => Guid.CreateVersion7().ToString();
}
