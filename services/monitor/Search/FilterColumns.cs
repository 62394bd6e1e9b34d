using Platform.Contracts.Registry;

namespace Platform.Monitor.Search;

/// <summary>The columns by which the predictions of a version can be searched.</summary>
/// <param name="metadata">What the version's author says.</param>
/// <param name="version">How it is named in messages.</param>
internal sealed class FilterColumns(VersionMetadata metadata, string version)
{
    private const int MostListed = 30;
    private const string Numerical = "numerical";

    private readonly ILookup<string, FeatureDefinition> _features =
        (metadata.Features ?? []).ToLookup(feature => feature.Name, StringComparer.Ordinal);

    private readonly HashSet<string> _hidden =
        (metadata.Logging?.Redact ?? []).Select(redaction => redaction.Feature).ToHashSet(StringComparer.Ordinal);

    /// <summary>The column that a name means. Throws <see cref="FilterException"/> where there is none, or it is hidden.</summary>
    public FilterColumn Find(FilterToken name)
    {
        if (name.Kind == FilterTokenKind.Word && FilterColumn.Common.FirstOrDefault(column => column.Name == name.Text) is { } common)
            return common;
        if (_hidden.Contains(name.Text))
            throw FilterException.Column($"'{name.Text}' is hidden by {version}, and cannot be searched by.");
        return _features[name.Text].FirstOrDefault() is { } feature
            ? FilterColumn.Feature(feature.Name, feature.Kind == Numerical)
            : throw FilterException.Column($"'{name.Text}' is no column of {version}: there are {Listed()}.");
    }

    private string Listed()
    {
        var names = FilterColumn.Common.Select(column => column.Name).Concat(_features.Select(feature => feature.Key).Except(_hidden).Select(Written)).ToArray();
        return string.Join(", ", names.Take(MostListed)) + (names.Length > MostListed ? ", …" : "");
    }

    // As a filter has to write it.
    private static string Written(string name) =>
        FilterColumn.Common.Any(column => column.Name == name) || !name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '.')
            ? $"\"{name}\""
            : name;
}
