using Platform.Onnx.Structures;

namespace Platform.Explainer.Games;

/// <summary>What a model's graph says of one of its outputs.</summary>
/// <param name="Trees">The trees that it is the sum of, if it is.</param>
/// <param name="IsLinear">Whether it is linear in the input's cells.</param>
/// <param name="Columns">Which of its numbers are explained.</param>
internal sealed record OutputStructure(TreeEnsemble? Trees, bool IsLinear, int[] Columns)
{
    public static OutputStructure Of(ModelStructure model, string output, int[] columns) =>
        new(model.Trees.GetValueOrDefault(output), model.Linear.Contains(output), columns);
}
