using Platform.Hosting.Errors;

namespace Platform.Hosting.Access;

/// <summary>The keys that are known here.</summary>
internal interface ICallerKeys
{
    /// <summary>Who holds the key; the refusal when nobody does, or when it is not known yet who does.</summary>
    Result<Caller> Find(ReadOnlySpan<char> key);
}
