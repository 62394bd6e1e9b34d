namespace Platform.Registry.MLflow.Registration;

/// <summary>How a model of another form becomes an ONNX file, which is what the platform serves.</summary>
internal static class Conversion
{
    private static readonly (string Flavor, string Way)[] Ways =
    [
        ("sklearn", "skl2onnx.to_onnx"),
        ("xgboost", "onnxmltools.convert_xgboost"),
        ("lightgbm", "onnxmltools.convert_lightgbm"),
        ("catboost", "CatBoost's save_model(format=\"onnx\")"),
        ("pytorch", "torch.onnx.export"),
        ("tensorflow", "tf2onnx.convert"),
        ("keras", "tf2onnx.convert"),
        ("spark", "onnxmltools.convert_sparkml"),
        ("transformers", "optimum.exporters.onnx"),
        ("sentence_transformers", "optimum.exporters.onnx"),
    ];

    public static string Of(IReadOnlyList<string> flavors)
    {
        var way = Ways.FirstOrDefault(known => flavors.Contains(known.Flavor)).Way;
        var forms = flavors.Count == 0 ? "no form of it" : string.Join(", ", flavors);
        return $"Its artifacts hold no ONNX file ({forms}). Convert it{(way is null ? "" : $" with {way}")} and log it with mlflow.onnx.log_model.";
    }
}
