namespace Platform.Check.Reports;

/// <summary>Something that is not what was written.</summary>
/// <param name="Kind">What kind of file it is in.</param>
/// <param name="File">The file, or the folder where one is missing, seen from the data folder.</param>
/// <param name="Record">What of it; null when it is all of it.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Lost">What is lost by it.</param>
/// <param name="Source">From where it can be had again; null when it cannot.</param>
internal sealed record Fault(string Kind, string File, string? Record, string What, string Lost, string? Source)
{
    /// <summary>The record, to be written behind the file.</summary>
    public string Of => Record is null ? "" : $", {Record}";
}

/// <summary>What was read of one kind.</summary>
/// <param name="Files">How many files.</param>
/// <param name="Records">How many documents, events, commits or predictions they hold.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Faults">What is wrong with them.</param>
internal readonly record struct KindTotal(int Files, long Records, long Bytes, int Faults);
