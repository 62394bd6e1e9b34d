namespace Platform.Explainer.Models;

/// <summary>The model's output does not divide among the rows it was given, or changes its width from run to run.</summary>
internal sealed class OutputShapeException(string message) : Exception(message)
{
    /// <summary>Numbers per row of an output with that many numbers for that many rows.</summary>
    public static int Width(int numbers, int rows)
    {
        var (width, rest) = Math.DivRem(numbers, rows);
        return rest == 0 && width > 0
            ? width
            : throw new OutputShapeException($"The output has {numbers} numbers for {rows} rows, which is no answer of its own for each.");
    }

    public static void ThrowIfChanged(int expected, int found)
    {
        if (found != expected)
            throw new OutputShapeException($"The output has {found} numbers for one row and {expected} for another.");
    }
}
