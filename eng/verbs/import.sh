#!/usr/bin/env bash
# Copy what an MLflow tracking server has into the platform.
#
# Usage: ./dev import mlflow URI [--to URI] [--experiment NAME]... [--model NAME]... [--no-artifacts] [--move-aliases]
#
#   ./dev import mlflow http://mlflow.example.org:5000
#   ./dev import mlflow http://127.0.0.1:5000 --to https://platform.example.org --model churn
#
# Experiments, runs, registered models, versions, aliases and artifacts; docs/mlflow.md says what becomes of them. It says what it left out
# and why. What is here already is not copied again: run it once more after a break, or later for what is new.
#
#   --to URI              the platform (http://127.0.0.1:8080); the environment's PLATFORM_KEY is the key that it asks for
#   --experiment NAME     only this experiment; repeat it for several
#   --model NAME          only this registered model, and none if only experiments are named; repeat it for several
#   --no-artifacts        no files of runs; those of versions are copied in any case
#   --move-aliases        also aliases that name another version here than at the source; otherwise they stay
#
# The source is asked with MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, where they are set.
source "$(dirname "${BASH_SOURCE[0]}")/../lib/verb.sh"

case ${1:-} in
  -h | --help) show_help; exit 0 ;;
esac

program=$root/eng/import/bin/Release/net10.0/Platform.Import.dll
build_if_changed "$root/eng/import/Import.csproj" "$program" >&2
exec dotnet "$program" "$@"
