"""What every sample's training script shares: files in the platform's form, scoring with ONNX Runtime, metrics."""
