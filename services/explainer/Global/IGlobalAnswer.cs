namespace Platform.Explainer.Global;

/// <summary>An explanation of a version as a whole.</summary>
internal interface IGlobalAnswer
{
    /// <summary>About how many numbers it holds, for the bound of what is kept.</summary>
    int Weight { get; }
}
