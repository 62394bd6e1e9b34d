using Platform.Hosting.Errors;
using Platform.Onnx.Sessions;

namespace Platform.Explainer.Models;

/// <summary>Why a model cannot be explained as asked.</summary>
internal static class ModelErrors
{
    public static Error UnknownOutput(string name, ModelSignature signature) => new(
        StatusCodes.Status400BadRequest, "explainer.output_unknown",
        $"The model has no output '{name}'; it has {string.Join(", ", signature.Outputs.Select(output => $"'{output.Name}'"))}.");

    public static Error OutputNotNumeric(string name) => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.output_not_numeric",
        $"Output '{name}' does not hold numbers that can be explained; ask for another by 'output'.");

    public static Error UnknownClass(string output, int width) => new(
        StatusCodes.Status400BadRequest, "explainer.class_unknown", $"Output '{output}' has the classes 0 to {width - 1}.");

    public static Error UnknownClass(string name, IReadOnlyList<string> names) => new(
        StatusCodes.Status400BadRequest, "explainer.class_unknown", $"The output has no class '{name}'; it has {string.Join(", ", names)}.");

    public static Error TooManyClasses(int count) => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.too_many_classes",
        $"One explanation covers at most {OutputSelection.MaximumColumns} numbers of an output, not {count}; choose some by 'classes'.");

    public static Error NotLoadable(string reason) => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.model_not_loadable", $"The model cannot be loaded: {reason}");

    public static Error RunFailed(string reason) => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.model_failed", $"The model failed on rows of this explanation: {reason}");

    /// <summary>Not 503, which is tried again: the rows of this explanation may be what the process died of.</summary>
    public static Error WorkerDied(string reason) => new(
        StatusCodes.Status500InternalServerError, "explainer.worker_died", reason);

    public static Error WorkerAway(string reason) => new(
        StatusCodes.Status503ServiceUnavailable, "explainer.worker_away", reason);

    public static Error OutputShape(string reason) => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.output_not_per_row", reason);

    public static Error NotFinite() => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.output_not_finite",
        "The model answers NaN or infinity for this input or its background, which cannot be divided among features.");

    public static Error RegistryAway() => new(
        StatusCodes.Status503ServiceUnavailable, "explainer.registry_unavailable", "The registry does not answer; try again.");
}
