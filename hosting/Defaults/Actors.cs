using Platform.Hosting.Access;
using Platform.Hosting.Http;

namespace Platform.Hosting.Defaults;

/// <summary>Who is asking.</summary>
public static class Actors
{
    /// <summary>The header in which a caller says who it is, where nobody is asked to prove it.</summary>
    public const string Header = "x-actor";

    /// <summary>
    /// The caller's name for the record: who it has proved to be. Where nobody is asked, what it calls itself in the header, at most 128
    /// visible characters; "anonymous" when it says nothing.
    /// </summary>
    public static string GetActor(this HttpContext context)
    {
        var caller = context.GetCaller();
        if (caller != Caller.Everybody) return caller.Name;
        var actor = context.Request.Headers[Header].ToString();
        return RequestIds.IsWellFormed(actor) ? actor : caller.Name;
    }
}
