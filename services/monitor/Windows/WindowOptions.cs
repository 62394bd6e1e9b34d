using System.ComponentModel.DataAnnotations;

namespace Platform.Monitor.Windows;

/// <summary>
/// When a window of predictions ends; section <c>Monitor:Windows</c>. It ends at <see cref="Size"/> rows once it is
/// <see cref="MinAge"/> old, at <see cref="MinRows"/> rows once it is <see cref="MaxAge"/> old, at <see cref="MaxRows"/> rows or
/// <see cref="MaxValues"/> values in any case, and with whatever it has after <see cref="Patience"/>.
/// </summary>
public sealed class WindowOptions : IValidatableObject
{
    /// <summary>Rows that make a full window.</summary>
    [Range(1, 1_000_000)]
    public int Size { get; set; } = 200;

    /// <summary>Rows that make a window when traffic is slow.</summary>
    [Range(1, 1_000_000)]
    public int MinRows { get; set; } = 50;

    /// <summary>Rows beyond which no window grows.</summary>
    [Range(1, 1_000_000)]
    public int MaxRows { get; set; } = 5_000;

    /// <summary>Values (rows times features) beyond which no window grows: the bound on memory for wide models.</summary>
    [Range(1_000, 1_000_000_000)]
    public int MaxValues { get; set; } = 1_000_000;

    /// <summary>The least time between two full windows: fast traffic makes larger windows, not more of them.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan MinAge { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The age at which <see cref="MinRows"/> are enough.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "30.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The age at which any number of rows is enough.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "30.00:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Closed windows that are kept of each version.</summary>
    [Range(1, 1_000_000)]
    public int Keep { get; set; } = 500;

    /// <summary>Closed windows that are kept of all versions together; the version with the most gives up its oldest first.</summary>
    [Range(1, 10_000_000)]
    public int KeepTotal { get; set; } = 5_000;

    /// <summary>How often windows are looked at when no prediction comes in.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan Tick { get; set; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MinRows > Size || Size > MaxRows)
            yield return new("MinRows may not exceed Size, nor Size MaxRows.", [nameof(MinRows), nameof(Size), nameof(MaxRows)]);
        if (MinAge > MaxAge || MaxAge > Patience)
            yield return new("MinAge may not exceed MaxAge, nor MaxAge Patience.", [nameof(MinAge), nameof(MaxAge), nameof(Patience)]);
    }

    /// <summary>The most rows of a window with that many features.</summary>
    internal int CapacityFor(int features) => Math.Clamp(MaxValues / Math.Max(1, features), 1, MaxRows);

    /// <summary>Whether a window of that many rows, of the most that it can hold, and of that age has ended.</summary>
    internal bool IsOver(int rows, int capacity, TimeSpan age) => rows > 0
        && (rows >= capacity || (rows >= Size && age >= MinAge) || (rows >= MinRows && age >= MaxAge) || age >= Patience);
}
