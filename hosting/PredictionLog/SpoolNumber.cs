using System.Globalization;

namespace Platform.Hosting.PredictionLog;

/// <summary>A record's number in the local log that it was written to first.</summary>
/// <param name="Spool">The local log's id.</param>
/// <param name="Number">Counts from 1.</param>
internal readonly record struct SpoolNumber(string Spool, long Number)
{
    /// <summary>How the number travels: digits that sort as text.</summary>
    public string Sequence => Number.ToString("d20", CultureInfo.InvariantCulture);

    public static SpoolNumber? Read(string? spool, string? sequence) =>
        spool is not null && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new SpoolNumber(spool, number)
            : null;
}
