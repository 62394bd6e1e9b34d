namespace Platform.Hosting.Values;

/// <summary>
/// The classes of a model. Labels, classes in metadata and answers are all read through it, so that one class has one name however
/// it is written.
/// </summary>
public sealed class ClassNames
{
    private readonly NameList _names;

    /// <param name="names">In the order of the output.</param>
    /// <param name="positive">The positive one, in any notation; the last one when absent.</param>
    public ClassNames(IReadOnlyList<string> names, string? positive = null)
    {
        _names = new(names);
        PositiveIndex = (positive is null ? null : _names.Find(positive)) ?? Math.Max(0, names.Count - 1);
    }

    /// <summary>The classes in the order of the output.</summary>
    public IReadOnlyList<string> Names => _names.Names;

    /// <summary>Where the positive class is.</summary>
    public int PositiveIndex { get; }

    /// <summary>
    /// Where the class is that a text means, as <see cref="NameList.Find"/> says; of two classes that are words, true also means the
    /// positive one and false the other. Null where it means none.
    /// </summary>
    public int? Find(string text)
    {
        if (_names.Find(text) is { } found)
            return found;
        if (Names.Count != 2 || !ScalarText.IsBoolean(text))
            return null;
        return ScalarText.IsTrue(text) ? PositiveIndex : 1 - PositiveIndex;
    }
}
