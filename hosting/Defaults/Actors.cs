namespace Platform.Hosting.Defaults;

/// <summary>Who is asking.</summary>
public static class Actors
{
    /// <summary>The header in which a caller, or the edge on behalf of a key, says who it is.</summary>
    public const string Header = "x-actor";

    private const string Anonymous = "anonymous";

    /// <summary>The caller's name for the record, at most 128 visible characters; "anonymous" when it gave none.</summary>
    public static string GetActor(this HttpContext context)
    {
        var actor = context.Request.Headers[Header].ToString();
        return RequestIds.IsWellFormed(actor) ? actor : Anonymous;
    }
}
