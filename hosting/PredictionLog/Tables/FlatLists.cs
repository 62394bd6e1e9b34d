namespace Platform.Hosting.PredictionLog.Tables;

/// <summary>
/// Lists one behind the other, with the levels that tell them apart (Dremel's encoding; Melnik and others 2010): an element's repetition level is 0
/// where it begins a row; its definition level says how much of it is there.
/// </summary>
internal sealed record FlatLists(IReadOnlyList<object> Elements, int[] Definitions, int[] Repetitions)
{
    private const int NoList = 0;
    private const int EmptyList = 1;
    private const int MissingElement = 2;
    private const int Present = 3;

    /// <param name="cells">Each <c>object?[]</c>, or null.</param>
    public static FlatLists Of(IReadOnlyList<object?> cells)
    {
        var (elements, definitions, repetitions) = (new List<object>(), new List<int>(), new List<int>());
        foreach (var cell in cells)
        {
            if (cell is not object?[] { Length: > 0 } list)
            {
                definitions.Add(cell is null ? NoList : EmptyList);
                repetitions.Add(0);
                continue;
            }

            for (var at = 0; at < list.Length; at++)
            {
                repetitions.Add(at == 0 ? 0 : 1);
                definitions.Add(list[at] is null ? MissingElement : Present);
                if (list[at] is { } element)
                    elements.Add(element);
            }
        }

        return new(elements, [.. definitions], [.. repetitions]);
    }
}
