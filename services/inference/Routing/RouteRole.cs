namespace Platform.Inference.Routing;

/// <summary>The roles of versions that share an alias's requests.</summary>
internal static class RouteRole
{
    public const string Champion = "champion";

    public const string Challenger = "challenger";

    /// <summary>Answers requests once more that the champion has answered; its answers are recorded, and nobody gets them.</summary>
    public const string Shadow = "shadow";
}
