namespace Platform.Onnx.RowFlow;

/// <summary>
/// The sizes of a model that are only known when it runs. The same expression always gets the same size, so that two paths through
/// the graph which compute it alike are known to agree.
/// </summary>
internal sealed class SizeTable
{
    private readonly Dictionary<string, Size> _sizes = [];
    private readonly List<bool> _varies = [false];

    /// <summary>The size that <paramref name="expression"/> stands for.</summary>
    /// <param name="expression">Any text that tells it from others.</param>
    /// <param name="varies">Whether it depends on the rows of the batch, above all on the longest of them.</param>
    public Size Of(string expression, bool varies = false)
    {
        if (_sizes.TryGetValue(expression, out var known)) return known;
        _varies.Add(varies);
        return _sizes[expression] = Size.Unknown(_varies.Count - 1);
    }

    /// <summary>A size computed from others in a way that is not followed.</summary>
    public Size Of(string operation, params Size[] from) => Of($"{operation}({string.Join(',', from.AsEnumerable())})", from.Any(Varies));

    /// <summary>Whether a size depends on the rows of the batch, other than by their number.</summary>
    public bool Varies(Size size) => size.Symbols.Any(symbol => _varies[symbol]);

    /// <summary>Whether a size is another for another batch.</summary>
    public bool DependsOnBatch(Size size) => size.CountsRows || Varies(size);
}
