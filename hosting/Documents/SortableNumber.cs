using System.Globalization;

namespace Platform.Hosting.Documents;

/// <summary>Numbers in the ids of documents, which are ordered as text.</summary>
public static class SortableNumber
{
    public static string Of(long number) => number.ToString("d9", CultureInfo.InvariantCulture);
}
