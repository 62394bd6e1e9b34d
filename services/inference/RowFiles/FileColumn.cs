namespace Platform.Inference.RowFiles;

/// <summary>A column of a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Datatype">The datatype of its cells, in the protocol's words; null where they are texts, or JSON of any kind.</param>
internal sealed record FileColumn(string Name, string? Datatype = null);
