namespace Platform.Explainer.Showing;

/// <summary>What can be shown of an explanation in one language.</summary>
/// <param name="Picture">SVG.</param>
/// <param name="Page">HTML with the picture in it; written only where it is asked for.</param>
internal sealed record Shown(string Picture, Func<string> Page);
