using System.Text.Json.Nodes;
using Platform.Contracts.Registry;
using Platform.Registry.MLflow.Artifacts;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Registration;

/// <summary>What lies in a folder of artifacts that a version is made of.</summary>
/// <param name="Description">What is told of it.</param>
/// <param name="Onnx">The ONNX file; null where there is none.</param>
/// <param name="Columns">The names and types of the columns that the signature gives the input; none where it speaks of tensors.</param>
/// <param name="Problem">Why there is no ONNX file, and what would help; null where there is one.</param>
internal sealed record Package(ModelPackage Description, ArtifactEntry? Onnx, IReadOnlyList<PackageColumn> Columns, string? Problem);

/// <summary>A column of the input, by the signature.</summary>
internal sealed record PackageColumn(string Name, string Type)
{
    /// <summary>The columns of a signature's inputs, a list as JSON text; none where they are tensors or have no names.</summary>
    public static IReadOnlyList<PackageColumn> Read(JsonNode? inputs)
    {
        if (inputs is not JsonArray list) return [];
        var columns = list.Select(item => new PackageColumn(item.Member("name").Text() ?? "", item.Member("type").Text() ?? "")).ToList();
        return columns.All(column => column.Name.Length > 0 && column.Type.Length > 0 && column.Type != "tensor") ? columns : [];
    }
}
