using System.Text.Json;

namespace Platform.Contracts.Registry;

/// <summary>A folder of artifacts that holds a model with what belongs to it, as MLflow lays it out.</summary>
public sealed record ModelPackage
{
    /// <summary>Where the folder is, for example <c>mlflow-artifacts:/1/models/m-1f0c/artifacts</c>.</summary>
    public string Source { get; init; } = "";

    /// <summary>The forms in which the model is there, for example onnx or sklearn.</summary>
    public IReadOnlyList<string> Flavors { get; init; } = [];

    /// <summary>The signature that the author gave: <c>inputs</c>, <c>outputs</c> and <c>params</c>; null when none was given.</summary>
    public JsonElement? Signature { get; init; }

    /// <summary>The packages that the model was made with, a line each; null when none are named.</summary>
    public IReadOnlyList<string>? Requirements { get; init; }

    /// <summary>An example of an input; null when none was given, or it is larger than 16 KiB.</summary>
    public JsonElement? InputExample { get; init; }
}
