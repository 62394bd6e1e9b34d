namespace Platform.Client.Predictions;

/// <summary>Ids by which the platform knows a prediction again, so that a request can be sent twice.</summary>
internal static class PredictionIds
{
    public const string Header = "x-prediction-id";
    public const string VersionHeader = "x-model-version";

    public static string New() => Guid.CreateVersion7().ToString();
}
