namespace Platform.Hosting.Documents.Servers;

/// <summary>The end of a commit: it took place, or <paramref name="Conflict"/> says why not.</summary>
internal readonly record struct CommitOutcome(DocumentConflict? Conflict)
{
    public static CommitOutcome Committed => default;
}
