using Platform.Contracts.Registry;

namespace Platform.Explainer.Computing;

/// <summary>What kind of rows a model takes.</summary>
internal static class SubjectKinds
{
    /// <summary>A single string is a text unless its author calls it a category.</summary>
    public static bool IsCategory(VersionMetadata metadata) => metadata.Features is [{ Kind: "categorical" }];
}
