"""How tests make engines of texts."""

from textwrap import dedent

from townhall.kernel.catalogue.decisions.dmn import read_dmn
from townhall.kernel.catalogue.decisions.engine import Engine
from townhall.kernel.catalogue.decisions.limits import DEFAULT
from townhall.kernel.catalogue.decisions.model import Model
from townhall.kernel.catalogue.decisions.yaml_models import read_yaml

DMN_1_5 = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def yaml_engine(text: str) -> Engine:
    """The engine of a model in YAML."""
    return Engine([yaml_model(text)])


def yaml_model(text: str, file: str = "model.yaml") -> Model:
    """A model in YAML."""
    return read_yaml(dedent(text).encode(), file, DEFAULT)


def xml_model(inner: str, namespace: str = DMN_1_5) -> Model:
    """A model in XML, of what is inside its definitions."""
    text = f'<definitions xmlns="{namespace}" namespace="urn:model" name="model">{dedent(inner)}</definitions>'
    return read_dmn(text.encode(), "model.dmn", DEFAULT)


def table(hit: str, rules: str, outputs: str = "[out]", total: str = "") -> Engine:
    """A model with one decision, Out, which is a table of the input n."""
    aggregation = f"total: {total}" if total else ""
    return yaml_engine(
        f"""
        inputs: {{n: number}}
        decisions:
          Out:
            table:
              hit: {hit}
              {aggregation}
              inputs: [n]
              outputs: {outputs}
              rules: {rules}
        """
    )
