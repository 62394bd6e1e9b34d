namespace Platform.Architecture.Tests.Folders;

/// <summary>Something in one folder refers to something in another.</summary>
internal readonly record struct FolderEdge(string From, string To)
{
    public override string ToString() => $"{From} -> {To}";
}
