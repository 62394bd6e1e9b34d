namespace Platform.Registry.References;

/// <summary>One row of an uploaded dataset.</summary>
/// <param name="number">Counts from 1, for messages.</param>
internal abstract class SourceRow(int number)
{
    public int Number => number;

    /// <summary>Appends the values of a cell: one, or those of a nested array. JSON's null is null; CSV writes a missing value as an empty text.</summary>
    public abstract void CopyTo(int column, List<string?> values);
}
