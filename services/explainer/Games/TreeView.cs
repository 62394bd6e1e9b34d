using Platform.Onnx.Structures;

namespace Platform.Explainer.Games;

/// <summary>A game whose model is known to be an ensemble of trees.</summary>
/// <param name="Ensemble">The trees.</param>
/// <param name="Columns">Which of the ensemble's outputs are explained.</param>
/// <param name="Instance">The row to explain.</param>
/// <param name="Background">The rows it is compared with.</param>
internal sealed record TreeView(TreeEnsemble Ensemble, int[] Columns, double[] Instance, TabularBackground Background);
