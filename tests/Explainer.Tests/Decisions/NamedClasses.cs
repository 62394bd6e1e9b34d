using Platform.Contracts.Registry;
using Platform.Explainer.Decisions;
using Platform.Hosting.Values;

namespace Platform.Explainer.Tests.Decisions;

/// <summary>A decision by the highest score.</summary>
internal static class NamedClasses
{
    public static Decision Of(params string[] names) => Decision.OfClasses(
        new OutputMeaning(new() { Task = ModelTask.Multiclass, Classes = names }, null), new() { Name = "y", Datatype = "FP64", Shape = [-1, names.Length] }, names.Length)!;
}
