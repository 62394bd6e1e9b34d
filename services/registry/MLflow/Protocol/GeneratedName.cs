namespace Platform.Registry.MLflow.Protocol;

/// <summary>A name for what its maker gave none: two words and a number, easy to tell from others on a page.</summary>
internal static class GeneratedName
{
    private static readonly string[] Qualities =
        ["amber", "brave", "calm", "clear", "eager", "fair", "gentle", "grand", "keen", "lively", "mellow", "nimble", "proud", "quiet", "rapid", "steady"];

    private static readonly string[] Things =
        ["ash", "bay", "brook", "crane", "dune", "fern", "finch", "grove", "heron", "lake", "lark", "moor", "otter", "pine", "ridge", "wren"];

    public static string New() =>
        $"{Qualities[Random.Shared.Next(Qualities.Length)]}-{Things[Random.Shared.Next(Things.Length)]}-{Random.Shared.Next(1000)}";
}
