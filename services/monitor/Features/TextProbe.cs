using Platform.Hosting.Values;

namespace Platform.Monitor.Features;

/// <summary>
/// Finds out whether an unnamed column of texts holds categories or prose: categories are few, short, and come again.
/// </summary>
internal sealed class TextProbe
{
    private const int MostCategories = 50;
    private const int LongestCategory = 64;
    private const int FewestRepeats = 5;

    private readonly HashSet<string> _distinct = new(StringComparer.Ordinal);
    private int _count;
    private bool _isProse;

    public void Look(string? text)
    {
        if (MissingValue.IsEmpty(text) || _isProse)
            return;

        _count++;
        _distinct.Add(text!);
        _isProse = text!.Length > LongestCategory || _distinct.Count > MostCategories;
    }

    public TextUse Use => !_isProse && _distinct.Count > 0 && _count >= FewestRepeats * _distinct.Count ? TextUse.Category : TextUse.Text;
}
