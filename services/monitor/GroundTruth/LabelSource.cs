namespace Platform.Monitor.GroundTruth;

/// <summary>Which way a label came.</summary>
internal static class LabelSource
{
    public const string GroundTruth = "ground_truth";
    public const string Feedback = "feedback";
    public const string Review = "review";

    public static readonly string[] All = [GroundTruth, Feedback, Review];
}
