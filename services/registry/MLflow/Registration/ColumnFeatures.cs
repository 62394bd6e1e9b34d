using Platform.Contracts.Registry;
using Platform.Registry.Requests;
using Platform.Registry.Uploads;

namespace Platform.Registry.MLflow.Registration;

/// <summary>Takes the columns of a package's signature for the features of the model, where they fit its inputs.</summary>
internal static class ColumnFeatures
{
    public static VersionMetadata AddTo(VersionMetadata said, IReadOnlyList<PackageColumn> columns, ModelSignature signature)
    {
        if (columns.Count == 0) return said;
        var problems = new FieldProblems();
        var named = said with { Features = [.. columns.Select(column => Feature(column, signature))] };
        FeatureRules.Check(named, signature, problems);
        return problems.Any ? said : named;
    }

    private static FeatureDefinition Feature(PackageColumn column, ModelSignature signature)
    {
        var own = signature.Inputs.FirstOrDefault(input => input.Name == column.Name);
        var isText = (own ?? (signature.Inputs.Count > 0 ? signature.Inputs[0] : null))?.Datatype == "BYTES";
        return new FeatureDefinition { Name = column.Name, Kind = isText ? "text" : "numerical", Input = own?.Name };
    }
}
